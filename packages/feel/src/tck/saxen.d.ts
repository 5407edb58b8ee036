declare module "saxen" {
  type Attributes = Record<string, string>;
  type Context = () => { readonly line: number; readonly column: number; readonly data: string };
  export class Parser {
    ns(prefixes: Record<string, string>): this;
    on(
      event: "openTag",
      handler: (name: string, attributes: () => Attributes, decode: (text: string) => string) => void,
    ): this;
    on(event: "closeTag", handler: (name: string) => void): this;
    on(event: "text", handler: (text: string, decode: (text: string) => string) => void): this;
    on(event: "cdata", handler: (text: string) => void): this;
    on(event: "error", handler: (error: Error, context: Context) => void): this;
    parse(xml: string): void;
  }
}
