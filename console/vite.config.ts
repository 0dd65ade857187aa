import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { compressed } from './tools/compressed.js'
import { handsetWorker } from './tools/handset-worker.js'
import { pages } from './tools/pages.js'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [svelte(), pages(), handsetWorker(), compressed()],
  resolve: {
    alias: [
      { find: /^@words$/, replacement: at('./words/words.ts') },
      { find: /^@words\//, replacement: at('./words/') },
      { find: /^@\//, replacement: at('./src/') },
    ],
  },
  build: {
    target: 'es2022',
    outDir: process.env.VIGIE_CONSOLE_DIST ?? 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: ['index.html', 'desk.html', 'map.html', 'handset.html'].map((page) => at(page)),
      // A worker that is a module has to come as JavaScript, and servers know that best of `.js`.
      output: {
        assetFileNames: ({ names: [name] }) => `assets/[name]-[hash]${name?.endsWith('.mjs') ? '.js' : '[extname]'}`,
      },
      checks: { pluginTimings: false },
    },
  },
  server: {
    proxy: { '/api': { target: process.env.VIGIE_SERVER ?? 'http://127.0.0.1:8080', ws: true } },
  },
  test: { include: ['tests/**/*.test.ts'] },
})
