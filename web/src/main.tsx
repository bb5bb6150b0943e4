import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './schil/App'
import './schil/stijl.css'

const plek = document.getElementById('veldwacht')
if (plek === null) throw new Error('no place to draw on')
createRoot(plek).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
