import { createHash } from 'node:crypto'

const file = 'handset-worker.js'
const source = 'src/handset/worker.ts'
const fromPublic = ['/icon.svg', '/handset.webmanifest', '/icon-192.png', '/icon-512.png']

/** Builds the handset's service worker and tells it which files the handset needs to open without network. */
export function handsetWorker() {
  return {
    name: 'vigie:handset-worker',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      this.emitFile({ type: 'chunk', id: source, fileName: file })
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = Object.values(bundle).find((each) => each.facadeModuleId?.endsWith('/handset.html'))
        const built = [...filesOf(bundle, page.fileName)]
        const version = fingerprint([bundle['handset.html'], ...built.map((name) => bundle[name])])
        const files = ['/handset', ...built.map((name) => `/${name}`), ...fromPublic]
        const worker = bundle[file]
        worker.code = `const handsetFiles=${JSON.stringify(files)},handsetVersion="${version}";${worker.code}`
      },
    },
  }
}

/** A chunk's file with all that it imports, its styles, and the typefaces that these use. */
function filesOf(bundle, name, found = new Set()) {
  if (found.has(name) || !bundle[name]) return found
  found.add(name)
  const { imports = [], dynamicImports = [], viteMetadata, source: text } = bundle[name]
  const { importedCss = [], importedAssets = [] } = viteMetadata ?? {}
  const linked = name.endsWith('.css') ? [...String(text).matchAll(/url\(\/?([^)]+)\)/g)].map((match) => match[1]) : []
  for (const next of [...imports, ...dynamicImports, ...importedCss, ...importedAssets, ...linked]) filesOf(bundle, next, found)
  return found
}

function fingerprint(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part.code ?? part.source)
  return hash.digest('hex').slice(0, 12)
}
