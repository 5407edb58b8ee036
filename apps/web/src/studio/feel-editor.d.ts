/** The part of @bpmn-io/feel-editor that is used here; the package brings no types. */
declare module "@bpmn-io/feel-editor" {
  interface FeelVariable {
    readonly name: string;
    readonly detail?: string;
    readonly info?: string;
  }

  export default class FeelEditor {
    constructor(config: {
      readonly container: HTMLElement;
      readonly value: string;
      readonly dialect?: "expression" | "unaryTests";
      readonly variables?: readonly FeelVariable[];
      readonly contentAttributes?: Readonly<Record<string, string>>;
      readonly onChange?: (value: string) => void;
      readonly onKeyDown?: (event: KeyboardEvent) => void;
    });
    setValue(value: string): void;
    setVariables(variables: readonly FeelVariable[]): void;
  }
}
