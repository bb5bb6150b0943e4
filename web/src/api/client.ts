// The service, typed by its own description (`npm run api`).

import createClient from 'openapi-fetch'
import type { components, paths } from './schema'

export type Vorm<Naam extends keyof components['schemas']> = components['schemas'][Naam]

/** Calls that need sign-in take the CSRF token of `GET /v1/sessie`; it lives in memory only. */
let csrf = ''

export function keepCsrf(token: string): void {
  csrf = token
}

export const csrfToken = (): string => csrf

export const dienst = createClient<paths>({ baseUrl: '/v1', credentials: 'same-origin', cache: 'no-store' })

dienst.use({
  onRequest({ request }) {
    if (csrf && request.method !== 'GET') request.headers.set('X-CSRF-Token', csrf)
    return request
  },
})
