const longest = 4_000

const tooLong = () => new Promise<never>((_, reject) => setTimeout(reject, longest))

/** What is awaited, for a few seconds: a server may never answer, nor a browser that keeps things. Rejects after that. */
export const inTime = <Result>(awaited: Promise<Result>): Promise<Result> => Promise.race([awaited, tooLong()])
