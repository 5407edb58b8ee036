declare module "dmn-moddle" {
  export interface ModdleElement {
    readonly $type: string;
    get(name: string): unknown;
    set(name: string, value: unknown): void;
  }
  export interface ReadResult {
    readonly rootElement: ModdleElement;
    readonly warnings: readonly Error[];
  }
  export class DmnModdle {
    constructor(packages?: Record<string, unknown>);
    create(type: string, attributes?: Record<string, unknown>): ModdleElement;
    fromXML(xml: string): Promise<ReadResult>;
    toXML(element: ModdleElement, options?: { format?: boolean }): Promise<{ xml: string }>;
  }
}
