import { connect, type Socket } from "node:net";

export interface Client {
  /** Asks and gives the answer's text. @throws where the answer is neither 200 nor 201 */
  ask(method: string, url: string, body?: unknown): Promise<string>;
  close(): void;
}

interface Waiting {
  readonly text: string;
  readonly resolve: (answer: { readonly status: number; readonly text: string }) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Asks a server over connections that stay open; `note` is told how many milliseconds each request took, waiting for a connection
 * included. It reads no more of HTTP than this server writes, so that little of the machine is spent on asking.
 */
export function openClient(address: string, connections: number, note: (milliseconds: number) => void): Client {
  const { hostname, port, host } = new URL(address);
  const stem = Math.random().toString(36).slice(2);
  const waiting: Waiting[] = [];
  const idle: Line[] = [];
  const lines: Line[] = [];
  let asked = 0;
  const next = (line: Line) => {
    const request = waiting.shift();
    if (request) line.send(request);
    else idle.push(line);
  };
  const submit = (request: Waiting) => {
    const line = idle.pop();
    if (line) line.send(request);
    else waiting.push(request);
    if (!line && lines.length < connections) lines.push(openLine(connect(Number(port), hostname), next));
  };
  return {
    async ask(method, url, body) {
      asked += 1;
      const content = body === undefined ? "" : JSON.stringify(body);
      const type = body === undefined ? "" : "content-type: application/json\r\n";
      const head = `${method} /api${url} HTTP/1.1\r\nhost: ${host}\r\nidempotency-key: ${stem}-${asked}\r\n`;
      const text = `${head}${type}content-length: ${Buffer.byteLength(content)}\r\n\r\n${content}`;
      const start = performance.now();
      const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
        submit({ text, resolve, reject });
      });
      note(performance.now() - start);
      if (answer.status === 200 || answer.status === 201) return answer.text;
      throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
    },
    close() {
      for (const line of lines) line.close();
    },
  };
}

interface Line {
  send(request: Waiting): void;
  close(): void;
}

function openLine(socket: Socket, onIdle: (line: Line) => void): Line {
  let current: Waiting | undefined;
  let read = Buffer.alloc(0);
  socket.setNoDelay(true);
  const line: Line = {
    send(request) {
      current = request;
      socket.write(request.text);
    },
    close: () => socket.destroy(),
  };
  socket.on("connect", () => onIdle(line));
  socket.on("error", (error) => current?.reject(error));
  socket.on("close", () => current?.reject(new Error("The server closed the connection")));
  socket.on("data", (part) => {
    read = read.length === 0 ? part : Buffer.concat([read, part]);
    const end = read.indexOf("\r\n\r\n");
    if (end < 0) return;
    const head = read.toString("latin1", 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    if (read.length < end + 4 + length) return;
    const answered = current;
    const text = read.toString("utf8", end + 4, end + 4 + length);
    read = read.subarray(end + 4 + length);
    current = undefined;
    answered?.resolve({ status: Number(head.slice(9, 12)), text });
    onIdle(line);
  });
  return line;
}

/** The time that one in twenty exceeds, in milliseconds. */
export function p95(taken: readonly number[]): number {
  const sorted = taken.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * 0.95)] ?? 0) * 10) / 10;
}
