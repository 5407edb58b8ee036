/** A UUID of version 7 (RFC 9562): 48 bits of time, so that rows of one time lie together, and 74 random bits, so that none is guessed. */
export function timeId(at: Date, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  const milliseconds = at.getTime();
  for (let place = 0; place < 6; place += 1) bytes[place] = Math.floor(milliseconds / 2 ** (8 * (5 - place))) % 256;
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
