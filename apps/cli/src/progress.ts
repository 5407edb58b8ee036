/** Progress of one task, told on standard error. */
interface Task {
  /** `done` of `of`; equal when finished. */
  update(done: number, of: number): void;
  finish(note?: string): void;
}

export interface Progress {
  task(label: string): Task;
}

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const barWidth = 24;

/** A moving bar on a terminal; elsewhere plain lines, at most one a tenth of the task. */
export function createProgress(terminal: Terminal, clock: () => number): Progress {
  return { task: (label) => (terminal.isTTY ? barTask(terminal, label, clock) : lineTask(terminal, label, clock)) };
}

function barTask(terminal: Terminal, label: string, clock: () => number): Task {
  const started = clock();
  let shown = 0;
  const draw = (text: string) => terminal.write(`\r\u001b[2K${text}`);
  draw(label);
  return {
    update(done, of) {
      if (clock() - shown < 80 && done < of) return;
      shown = clock();
      const part = of === 0 ? 1 : done / of;
      const filled = Math.round(part * barWidth);
      draw(`${label} ${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${Math.floor(part * 100)} %`);
    },
    finish(note) {
      draw(`${label} ✓ ${note ?? ""} ${seconds(clock() - started)}\n`);
    },
  };
}

function lineTask(terminal: Terminal, label: string, clock: () => number): Task {
  const started = clock();
  let tenth = 0;
  terminal.write(`${label}\n`);
  return {
    update(done, of) {
      const now = of === 0 ? 10 : Math.floor((done / of) * 10);
      if (now <= tenth || now === 10) return;
      tenth = now;
      terminal.write(`${label} ${now * 10} %\n`);
    },
    finish(note) {
      terminal.write(`${label} ✓ ${note ?? ""} ${seconds(clock() - started)}\n`);
    },
  };
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
