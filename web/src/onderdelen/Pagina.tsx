// A screen: one heading, one column.

import { Heading } from '@amsterdam/design-system-react'
import { type ReactNode, useEffect } from 'react'

export function Pagina({ titel, children }: { titel: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${titel} · Veldwacht`
  }, [titel])
  return (
    <main className="vw-pagina" id="inhoud">
      <Heading level={1}>{titel}</Heading>
      {children}
    </main>
  )
}
