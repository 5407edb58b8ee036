import { constants, inflateSync } from "node:zlib";
import { refuse } from "./case-refusal.ts";

/** Ten megabytes: a page scanned in colour at 300 dots an inch is about two. */
export const mostBytes = 10 * 1024 * 1024;
export const mostUploads = 20;

interface FileKind {
  readonly type: string;
  readonly endings: readonly string[];
  /** Whether the content is of this kind. */
  readonly is: (bytes: Uint8Array) => boolean;
}

const begins = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, at) => bytes[at] === byte);
const text = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");

const kinds: readonly FileKind[] = [
  { type: "image/jpeg", endings: ["jpg", "jpeg"], is: (bytes) => begins(bytes, [0xff, 0xd8, 0xff]) },
  {
    type: "image/png",
    endings: ["png"],
    is: (bytes) => begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  { type: "application/pdf", endings: ["pdf"], is: (bytes) => begins(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d]) },
];

/** Parts of a PDF that do something when it is opened; a scan has none. */
const activeParts = /\/(JavaScript|JS|Launch|EmbeddedFile|OpenAction|AA|RichMedia)\b/;

/** ISO 32000-1 7.3.5: a character of a name may be written as # and its two hexadecimal digits. */
const withNamesPlain = (pdf: string) =>
  pdf.replace(/#([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

/** Objects may stand inside compressed streams (ISO 32000-1 7.5.7); so much is looked through. */
const mostUnpacked = 4 * 1024 * 1024;

function unpacked(pdf: string): string {
  const found: string[] = [];
  let left = mostUnpacked;
  for (let at = pdf.indexOf("/ObjStm"); at >= 0; at = pdf.indexOf("/ObjStm", at)) {
    const begins = pdf.indexOf("stream", at);
    const ends = pdf.indexOf("endstream", begins);
    if (begins < 0 || ends < 0) break;
    const packed = pdf.slice(begins + "stream".length, ends).replace(/^\r?\n/, "");
    const plain = inflated(Buffer.from(packed, "latin1"), left);
    found.push(withNamesPlain(plain));
    left = Math.max(1, left - plain.length);
    at = ends;
  }
  return found.join("\n");
}

/** What cannot be unpacked may hold anything. */
function inflated(packed: Uint8Array, most: number): string {
  try {
    return inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most }).toString("latin1");
  } catch {
    return "/JavaScript";
  }
}

/** Whether a PDF does something when it is opened, or hides by encryption what it does. */
function isActive(bytes: Uint8Array): boolean {
  const pdf = withNamesPlain(text(bytes));
  return activeParts.test(pdf) || /\/Encrypt\b/.test(pdf) || activeParts.test(unpacked(text(bytes)));
}

/**
 * The type of an uploaded file, by its content; its name must say the same.
 *
 * @throws {Problem} UPLOAD-TYPE, UPLOAD-SIZE, UPLOAD-NAME
 */
export function checkUpload(name: string, bytes: Uint8Array): { readonly name: string; readonly type: string } {
  if (bytes.length === 0 || bytes.length > mostBytes)
    refuse("UPLOAD-SIZE", "文件应不为空且不超过 10 MB", "A file holds something and at most 10 MB");
  const kind = kinds.find(({ is }) => is(bytes));
  if (!kind) return refuse("UPLOAD-TYPE", "可用 JPEG、PNG 或 PDF", "JPEG, PNG and PDF are taken");
  if (kind.type === "application/pdf" && isActive(bytes)) {
    refuse(
      "UPLOAD-TYPE",
      "PDF 中有脚本或附件，或已加密；请另存为不含它们的 PDF",
      "The PDF holds scripts or attachments, or is encrypted; save it without them",
    );
  }
  const plain = name.normalize("NFC").trim();
  const ending = /^[^\\/:*?"<>|\p{Cc}\p{Cf}]{1,100}\.([A-Za-z]{3,4})$/u.exec(plain)?.[1]?.toLowerCase();
  if (ending === undefined || plain.startsWith(".") || !kind.endings.includes(ending)) {
    refuse(
      "UPLOAD-NAME",
      `文件名应以 .${kind.endings[0]} 结尾，不含路径和控制字符，至多 100 字`,
      `The name ends in .${kind.endings[0]}, holds no path or control characters and at most 100 characters`,
    );
  }
  return { name: plain, type: kind.type };
}
