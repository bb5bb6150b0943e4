// A screen: one heading, one column. The name of the window tells nothing about a place (it stands in the history of the browser).

import { Heading } from '@amsterdam/design-system-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Link } from 'wouter'

/** Whether a screen stood here before this one. */
let eerder = false

interface Eigenschappen {
  titel: string
  /** What the window is called when the heading names a place. */
  venster?: string
  terug?: { naar: string; tekst: string }
  children: ReactNode
}

export function Pagina({ titel, venster, terug, children }: Eigenschappen) {
  const naam = venster ?? titel
  useEffect(() => {
    document.title = `${naam} · Veldwacht`
  }, [naam])
  // The screen that comes has the focus, so that a keyboard and a reader begin at its top; the first one of the app is left alone.
  const scherm = useRef<HTMLElement>(null)
  useEffect(() => {
    const los = document.activeElement === document.body || document.activeElement === null
    if (eerder && los) scherm.current?.focus({ preventScroll: true })
    eerder = true
  }, [])
  return (
    <main ref={scherm} tabIndex={-1} className="vw-pagina" id="inhoud">
      {terug && (
        <Link href={terug.naar} className="vw-terug">
          ‹ {terug.tekst}
        </Link>
      )}
      <Heading level={1}>{titel}</Heading>
      {children}
    </main>
  )
}
