import pg from "pg";

/** Whole numbers of 64 bits and days come as they do from the embedded store: numbers, and `YYYY-MM-DD`. */
export const columnParsers = {
  [pg.types.builtins.INT8]: (value: string) => {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is beyond the whole numbers that are exact`);
    return number;
  },
  [pg.types.builtins.DATE]: (value: string) => value,
} as const;

/** Connections to a PostgreSQL server. Its just-in-time compiler is off: it costs more than these short queries take. */
export function postgresPool(connectionString: string, max = 8): pg.Pool {
  const parsers: Readonly<Record<number, (value: string) => unknown>> = columnParsers;
  return new pg.Pool({
    connectionString,
    max,
    options: "-c jit=off",
    types: {
      getTypeParser: (type: number, format?: "text" | "binary") =>
        (format !== "binary" && parsers[type]) || pg.types.getTypeParser(type, format),
    } as pg.CustomTypesConfig,
  });
}
