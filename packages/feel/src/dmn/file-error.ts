/** A DMN or test file that cannot be read at all. Codes are stable: `dmn-not-xml`, `dmn-namespace`, `dmn-duplicate-id`, `tck-not-xml`. */
export class DmnFileError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly file?: string;
  /** One-based. */
  readonly line?: number;
  /** One-based. */
  readonly column?: number;

  constructor(fault: {
    code: string;
    message: string;
    hint: string;
    file?: string;
    line?: number;
    column?: number;
  }) {
    const place = [fault.file, fault.line, fault.column].filter((part) => part !== undefined).join(":");
    super(place === "" ? fault.message : `${place}: ${fault.message}`);
    this.name = "DmnFileError";
    this.code = fault.code;
    this.hint = fault.hint;
    if (fault.file !== undefined) this.file = fault.file;
    if (fault.line !== undefined) this.line = fault.line;
    if (fault.column !== undefined) this.column = fault.column;
  }
}
