// Before a control begins: who is there, and at a dwelling the ground. What is missing stands above the button (PLN-02, PLN-13).

import { useLocation } from 'wouter'
import { kern } from '../../kern'
import type { Werkpakket } from '../../kern/contract'
import { Alinea, Bericht, Kader, Knop, KnopLink, Kolom, Rij } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { Keuzetegels, Vinktegels } from '../../onderdelen/Velden'
import { GROND, itemsOf } from '../controle/items'
import { withConsequences } from '../controle/toegang'
import { useFormulier } from '../melden/useFormulier'
import { deur, hoofdletter, OBJECTTYPEN, plaats } from '../woorden'
import { collegasVan } from './collegas'
import { gemeenteVan, usePakketControle, withoutRule } from './pakket'
import { faseVan, plekVan } from './stand'
import { GRONDEN, startbezwaren } from './start'

interface Concept {
  collegas: string[]
  grond: string | null
}

const LEEG: Concept = { collegas: [], grond: null }
/** Before the day was ever fetched: the national rule (PLN-02). */
const BEZETTING = 2
const TERUG = { naar: '/', tekst: 'Vandaag' }

export function Starten({ id }: { id: string }) {
  const [, ga] = useLocation()
  const { sessie } = kern.useSlot()
  const { controle, pakket } = usePakketControle(id)
  const stand = kern.useControle(id)
  const formulier = useFormulier<Concept>(`start ${id}`, LEEG)
  const keuze = formulier.inhoud
  const lijstversies = controle?.checklistversies ?? laatsteVersies(pakket)
  const lijsten = kern.useChecklists(withoutRule(lijstversies))

  const type = controle?.object.type ?? stand?.hier?.objecttype ?? null
  if (type === null || !formulier.gelezen) {
    return (
      <Pagina titel="Beginnen" terug={TERUG}>
        <Alinea>Deze controle staat niet op deze tablet.</Alinea>
      </Pagina>
    )
  }
  const gemeente = gemeenteVan(pakket, stand?.hier?.gemeentecode ?? sessie?.gemeentecode ?? null)
  const regels = {
    bezetting: controle?.bezetting ?? gemeente?.bezetting ?? BEZETTING,
    machtiging: controle?.machtiging ?? false,
    type,
  }
  const bezwaren = startbezwaren(regels, keuze)
  const collegas = collegasVan(pakket, sessie)
  const plek = stand ? plekVan(stand) : null

  async function begin() {
    const gelukt = await formulier.leg({
      controleId: id,
      soort: 'controle-gestart',
      inhoud: {
        lijstversies,
        toezichthouders: keuze.collegas,
        ...(type === 'WON' && keuze.grond !== null ? { grond: keuze.grond } : {}),
      },
    })
    if (!gelukt) return
    await answerGround()
    ga(`/controle/${id}`)
  }

  /** The ground is asked once: what was chosen here is the answer in the list, where it can still be changed. */
  async function answerGround() {
    const items = itemsOf(lijsten ?? [])
    const vraag = items.find(({ code }) => code === GROND)
    if (type !== 'WON' || keuze.grond === null || vraag === undefined) return
    const antwoorden = withConsequences(vraag, keuze.grond, items, type, stand?.antwoorden ?? {})
    // The start stands by itself; when the disk refuses this one, the list asks for the ground.
    await formulier.leg({
      controleId: id,
      soort: 'antwoorden',
      inhoud: { lijstversies, antwoorden, filterredenen: {} },
    })
  }

  return (
    <Pagina titel="Beginnen" terug={TERUG}>
      <Kolom>
        <Alinea>
          <strong>{controle?.object.naam ?? plek?.naam}</strong>
          <br />
          {controle ? `${deur(controle.object.adres)}, ${plaats(controle.object.adres)}` : ''} ·{' '}
          {OBJECTTYPEN[type as never]}
        </Alinea>
        {controle && controle.partners.length > 0 && (
          <Alinea>Partners: {controle.partners.map(hoofdletter).join(', ')}</Alinea>
        )}
        {stand && faseVan(stand) !== 'te-doen' ? (
          <Bericht titel="Deze controle is al begonnen">
            <KnopLink naar={`/controle/${id}`} soort="primary">
              Verder
            </KnopLink>
          </Bericht>
        ) : (
          <>
            <Vinktegels
              vraag="Wie is er bij u?"
              uitleg={`U telt zelf mee. Er zijn er ${regels.bezetting} nodig.`}
              waarden={keuze.collegas}
              keuzes={collegas}
              onKies={(collegas) => formulier.zet({ collegas })}
            />
            {collegas.length === 0 && (
              <Alinea>Uw team staat nog niet op deze tablet. Ga naar Vandaag als er netwerk is.</Alinea>
            )}
            {type === 'WON' && (
              <>
                <Keuzetegels
                  vraag="Waarom mag u de woning in?"
                  uitleg={
                    regels.machtiging
                      ? 'Voor dit adres geldt vandaag een machtiging.'
                      : 'Voor dit adres geldt vandaag geen machtiging.'
                  }
                  waarde={keuze.grond}
                  keuzes={GRONDEN.filter((grond) => regels.machtiging || !grond.code.startsWith('machtiging'))}
                  onKies={(grond) => formulier.zet({ grond })}
                />
                <Alinea klein>Laat uw legitimatie zien en zeg wat u komt doen, voordat u naar binnen gaat.</Alinea>
              </>
            )}
            {bezwaren.length > 0 && (
              <Kader titel="Beginnen kan nog niet">
                <ul>
                  {bezwaren.map((bezwaar) => (
                    <li key={bezwaar}>{bezwaar}</li>
                  ))}
                </ul>
              </Kader>
            )}
            {formulier.fout && <Bericht titel={formulier.fout} />}
            <Knop soort="primary" breed disabled={formulier.bezig || bezwaren.length > 0} onClick={() => void begin()}>
              Wij gaan naar binnen
            </Knop>
            <Rij>
              {controle && <KnopLink naar={`/object/${id}`}>Over deze plek</KnopLink>}
              <KnopLink naar={`/poging/${id}`}>Niet binnengekomen</KnopLink>
            </Rij>
          </>
        )}
      </Kolom>
    </Pagina>
  )
}

/** The lists and the rule of scoring of the day, for a control that no package holds. */
function laatsteVersies(pakket: Werkpakket | null): Record<string, number> {
  const versies: Record<string, number> = {}
  for (const regel of pakket?.rekenregels ?? []) {
    versies.rekenregel = Math.max(regel.versie, versies.rekenregel ?? 0)
  }
  for (const lijst of pakket?.checklists ?? []) {
    versies[lijst.code] = Math.max(lijst.versie, versies[lijst.code] ?? 0)
  }
  return versies
}
