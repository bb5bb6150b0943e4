// A screen: one heading, one column. The name of the window tells nothing about a place (it stands in the history of the browser).

import { Heading } from '@amsterdam/design-system-react'
import { type ReactNode, useEffect } from 'react'
import { Link } from 'wouter'

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
  return (
    <main className="vw-pagina" id="inhoud">
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
