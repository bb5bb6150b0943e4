// Catches what breaks in a screen. Nothing is lost by it: each tap was on the disk before the screen showed it.

import { Component, type ReactNode } from 'react'
import { Alinea, Kader, Knop, Kolom } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'

interface Eigenschappen {
  /** Around a part of a screen, not a screen. */
  klein?: boolean
  children: ReactNode
}

export class Foutgrens extends Component<Eigenschappen, { stuk: boolean }> {
  override state = { stuk: false }

  static getDerivedStateFromError() {
    return { stuk: true }
  }

  override render() {
    if (!this.state.stuk) return this.props.children
    const knop = (
      <Knop soort="primary" breed onClick={() => this.setState({ stuk: false })}>
        Probeer het opnieuw
      </Knop>
    )
    if (this.props.klein) return <Kader titel="Dit deel van het scherm werkt niet">{knop}</Kader>
    return (
      <Pagina titel="Dit scherm werkt nu niet">
        <Kolom>
          <Alinea>Wat u invulde, staat op deze tablet en gaat niet verloren. Probeer het opnieuw.</Alinea>
          {knop}
          <Knop breed onClick={() => window.location.assign('/app/')}>
            Start de app opnieuw
          </Knop>
          <Alinea klein>Blijft dit zo? Bel uw teamleider. Is er gevaar? Bel 112.</Alinea>
        </Kolom>
      </Pagina>
    )
  }
}
