// Findings of earlier controls to check again, in the words of the question; compliance only (DAT-13).

import { kern } from '../../kern'
import type { Checklist, PakketControle } from '../../kern/contract'
import { Alinea } from '../../onderdelen/Kader'
import { neutral } from '../controle/items'
import { withoutRule } from '../dag/pakket'
import { dag } from '../tijden'

interface Eigenschappen {
  bevindingen: PakketControle['object']['bevindingen']
  versies: Record<string, number>
}

export function Herstelpunten({ bevindingen, versies }: Eigenschappen) {
  const lijsten = kern.useChecklists(withoutRule(versies))
  if (bevindingen.length === 0) return <Alinea>Er is niets van eerder om opnieuw te bekijken.</Alinea>
  return (
    <ul className="vw-lijst">
      {bevindingen.map((bevinding) => (
        <li key={`${bevinding.item} ${bevinding.vastgesteldOp}`}>
          <strong>{vraagVan(lijsten, bevinding.item)}</strong>
          <br />
          Op {dag(bevinding.vastgesteldOp)} was het antwoord: {bevinding.antwoord}
          {bevinding.hersteltermijn ? `. Moet hersteld zijn voor ${dag(bevinding.hersteltermijn)}` : ''}
        </li>
      ))}
    </ul>
  )
}

function vraagVan(lijsten: Checklist[] | null, code: string): string {
  for (const lijst of lijsten ?? []) {
    const item = lijst.items.find((kandidaat) => kandidaat.code === code)
    if (item) return neutral(item.vraag)
  }
  return 'Een punt uit een eerdere lijst'
}
