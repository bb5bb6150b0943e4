// The build of MapLibre that needs no inline worker, so that the strict CSP holds; the same types as the ordinary build.
declare module 'maplibre-gl/dist/maplibre-gl-csp' {
  import maplibregl from 'maplibre-gl'
  export default maplibregl
}
