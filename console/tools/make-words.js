// node tools/make-words.js VIGIE_WORDS [FOLDER]
//
// Asks the C++ tool `vigie-words` for the JSON Schema of the words and for the rejections' sentences, and writes
// words.ts, schema.json and rejections.json, each only when it changed.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'json-schema-to-typescript'

const here = dirname(fileURLToPath(import.meta.url))
const [tool, folder = join(here, '..', 'words')] = process.argv.slice(2)

const say = (what) => execFileSync(tool, [what], { encoding: 'utf8', maxBuffer: 16 << 20 })

function keep(name, text) {
  const path = join(folder, name)
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text)
}

const schema = say('schema')
const types = await compile(JSON.parse(schema), 'Words', {
  additionalProperties: false,
  bannerComment: '/* Made from protocol/ by `vigie-words schema`. */',
  unreachableDefinitions: true,
  format: false,
})

mkdirSync(folder, { recursive: true })
keep('schema.json', schema)
keep('words.ts', types)
keep('rejections.json', say('rejections'))
