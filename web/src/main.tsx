import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './schil/App'
import { startDienstwerker } from './schil/bijwerken'
import { startWeergave } from './schil/instellingen'
import './schil/stijl.css'

const plek = document.getElementById('veldwacht')
if (plek === null) throw new Error('no place to draw on')
startWeergave()
createRoot(plek).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
void startDienstwerker()
