/**
 * A new id that nobody else will make: 128 random bits as hexadecimal digits. It also works over plain HTTP,
 * where `crypto.randomUUID` does not exist.
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
