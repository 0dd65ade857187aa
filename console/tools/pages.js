const names = ['/desk', '/map', '/handset']

/** While developing, `/desk` is `desk.html`, as the server has it. */
export function pages() {
  return {
    name: 'vigie:pages',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [path, query] = request.url.split('?')
        if (names.includes(path)) request.url = `${path}.html${query ? `?${query}` : ''}`
        next()
      })
    },
  }
}
