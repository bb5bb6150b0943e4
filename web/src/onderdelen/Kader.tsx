// Parts that every screen is made of: a box, a column, a row, facts, a big button, a calm message.

import { Button, Heading } from '@amsterdam/design-system-react'
import { type ButtonHTMLAttributes, type ReactNode, useId } from 'react'
import { Link } from 'wouter'
import './vlak.css'

export function Kolom({ dicht = false, children }: { dicht?: boolean; children: ReactNode }) {
  return <div className={dicht ? 'vw-kolom vw-kolom--dicht' : 'vw-kolom'}>{children}</div>
}

export function Rij({ uit = false, children }: { uit?: boolean; children: ReactNode }) {
  return <div className={uit ? 'vw-rij vw-rij--uit' : 'vw-rij'}>{children}</div>
}

/** Short fields side by side. */
export function Velden({ children }: { children: ReactNode }) {
  return <div className="vw-velden">{children}</div>
}

/** A box with a heading of its own; `stil` without the coloured edge. */
export function Kader(props: { titel?: string; niveau?: 2 | 3; stil?: boolean; children: ReactNode }) {
  const id = useId()
  const klasse = props.stil ? 'vw-kader vw-kader--stil' : 'vw-kader'
  if (props.titel === undefined) return <div className={klasse}>{props.children}</div>
  return (
    <section className={klasse} aria-labelledby={id}>
      <Kolom dicht>
        <Heading level={props.niveau ?? 2} size="level-3" id={id}>
          {props.titel}
        </Heading>
        {props.children}
      </Kolom>
    </section>
  )
}

export function Alinea({ klein = false, children }: { klein?: boolean; children: ReactNode }) {
  return <p className={klein ? 'vw-klein' : 'vw-alinea'}>{children}</p>
}

type Soort = 'primary' | 'secondary' | 'tertiary'

/** A button of at least 56 px. */
export function Knop({
  soort = 'secondary',
  breed = false,
  ...rest
}: { soort?: Soort; breed?: boolean } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'>) {
  return <Button type="button" {...rest} variant={soort} className={breed ? 'vw-knop vw-knop--breed' : 'vw-knop'} />
}

/** A link that looks and measures as a button. */
export function KnopLink(props: { naar: string; soort?: Soort; breed?: boolean; label?: string; children: ReactNode }) {
  const soort = props.soort ?? 'secondary'
  return (
    <Link
      href={props.naar}
      aria-label={props.label}
      className={`ams-button ams-button--${soort} vw-knop${props.breed ? ' vw-knop--breed' : ''}`}
    >
      {props.children}
    </Link>
  )
}

/** A telephone number to call with one tap. */
export function Belknop({ naam, nummer }: { naam: string; nummer: string }) {
  return (
    <a
      className="ams-button ams-button--secondary vw-knop vw-knop--breed"
      href={`tel:${nummer.replace(/[^\d+]/g, '')}`}
    >
      <span>
        {naam}: <span className="vw-nummer">{nummer}</span>
      </span>
    </a>
  )
}

/** Names and what they are; what is empty is left out. */
export function Feiten({ regels }: { regels: readonly (readonly [string, ReactNode])[] }) {
  const gevuld = regels.filter(([, waarde]) => waarde !== null && waarde !== undefined && waarde !== '')
  if (gevuld.length === 0) return null
  return (
    <dl className="vw-feiten">
      {gevuld.map(([naam, waarde]) => (
        <div key={naam} className="vw-feit">
          <dt>{naam}</dt>
          <dd>{waarde}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Says something without calling out: no red, read aloud when it appears. */
export function Bericht({ titel, children }: { titel: string; children?: ReactNode }) {
  return (
    <div className="vw-kader" role="status">
      <Kolom dicht>
        <p className="vw-alinea">
          <strong>{titel}</strong>
        </p>
        {children}
      </Kolom>
    </div>
  )
}

/** Something that opens by a tap. */
export function Opent({ titel, open, children }: { titel: string; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="vw-kader vw-kader--stil vw-open">
      <summary>{titel}</summary>
      {children}
    </details>
  )
}
