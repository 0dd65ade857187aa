import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const worthIt = new Set(['.html', '.js', '.mjs', '.css', '.svg', '.json', '.webmanifest'])

/** Lays a `.gz` and a `.br` beside each text file of the build, so that the server only picks one. */
export function compressed() {
  let folder = ''
  return {
    name: 'vigie:compressed',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir)
      if (config.build.outDir.startsWith('/')) folder = config.build.outDir
    },
    async closeBundle() {
      for (const entry of await readdir(folder, { recursive: true })) {
        if (worthIt.has(extname(entry))) await compress(join(folder, entry))
      }
    },
  }
}

async function compress(path) {
  const bytes = await readFile(path)
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }))
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, quality))
}
