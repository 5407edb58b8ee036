import { Duplex } from "node:stream";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { columnTypes } from "./postgres-pool.ts";
import type { ConnectionPool } from "./prepared.ts";

/**
 * The embedded store seen as a server with one connection: the same driver speaks the same protocol to both, prepared statements
 * included. Whoever holds the connection holds it alone: a transaction never meets a stranger's statement.
 */
export function pglitePool(folder: string | undefined): ConnectionPool {
  const opening = PGlite.create(folder === undefined ? {} : { dataDir: folder });
  const pool = new pg.Pool({
    user: "postgres",
    database: "postgres",
    ssl: false,
    max: 1,
    idleTimeoutMillis: 0,
    stream: () => new PGliteStream(opening),
    types: columnTypes,
  });
  return {
    connect: () => pool.connect(),
    async end() {
      await pool.end();
      await (await opening).close();
    },
  };
}

/** The wire of one connection. What `pg` writes at once are whole messages. */
class PGliteStream extends Duplex {
  readonly #opening: Promise<PGlite>;

  constructor(opening: Promise<PGlite>) {
    super();
    this.#opening = opening;
  }

  connect(): void {
    this.#opening.then(
      () => this.emit("connect"),
      (error) => this.destroy(error),
    );
  }

  override _read(): void {}

  override _write(message: Uint8Array, _: BufferEncoding, done: (error?: Error) => void): void {
    this.#opening
      .then((store) => store.execProtocolRaw(message))
      .then((answer) => {
        if (answer.length > 0) this.push(answer);
        done();
      }, done);
  }

  override _writev(parts: { readonly chunk: Uint8Array }[], done: (error?: Error) => void): void {
    this._write(Buffer.concat(parts.map(({ chunk }) => chunk)), "binary", done);
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  // What `pg` asks of a socket.
  setNoDelay(): void {}
  setKeepAlive(): void {}
  ref(): void {}
  unref(): void {}
}
