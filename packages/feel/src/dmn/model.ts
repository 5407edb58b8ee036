/**
 * A DMN model as plain, immutable data: what `read.ts` takes from XML, `write.ts` puts back and `decide.ts` evaluates.
 * Names and structure follow OMG DMN 1.5 (formal/24-01-01), chapters 6 (requirements), 7 (decision logic), 8 (tables).
 */

/** The editions of the standard whose XML is read; 1.1 has no boxed filter, conditional or iterators, nor have 1.2 and 1.3. */
export type DmnVersion = "1.1" | "1.2" | "1.3" | "1.4" | "1.5";

export interface DmnModel {
  readonly id?: string;
  readonly name: string;
  /** The namespace by which other models import this one. */
  readonly namespace: string;
  readonly description?: string;
  readonly imports: readonly DmnImport[];
  readonly items: readonly ItemDefinition[];
  readonly inputs: readonly InputData[];
  readonly decisions: readonly Decision[];
  readonly knowledge: readonly KnowledgeModel[];
  readonly services: readonly DecisionService[];
  readonly sources: readonly KnowledgeSource[];
}

/** Another model whose elements are named here with the prefix `name.`; an empty name imports without a prefix (DMN 1.5). */
export interface DmnImport {
  readonly name: string;
  readonly namespace: string;
  readonly importType: string;
  readonly locationUri?: string;
}

/** A named type (§7.3.3): a restriction of `typeRef`, or a structure of components, or a function type; or a list of these. */
export interface ItemDefinition {
  readonly name: string;
  readonly typeRef?: string;
  readonly isCollection: boolean;
  /** Unary tests that each value (of a collection: each element) has to meet. */
  readonly allowedValues?: string;
  /** Unary tests that the whole value (of a collection: the whole list) has to meet; DMN 1.4 and later. */
  readonly typeConstraint?: string;
  readonly components: readonly ItemDefinition[];
  readonly functionItem?: FunctionItem;
}

interface FunctionItem {
  readonly parameters: readonly Variable[];
  readonly outputTypeRef?: string;
}

export interface Variable {
  readonly name: string;
  readonly typeRef?: string;
}

interface Element {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
}

export interface InputData extends Element {
  readonly variable: Variable;
}

export interface Decision extends Element {
  readonly variable: Variable;
  readonly question?: string;
  readonly allowedAnswers?: string;
  /** References `#id` or `namespace#id` to decisions, input data, and knowledge models or services. */
  readonly requires: Requirements;
  readonly logic?: Boxed;
}

export interface Requirements {
  readonly decisions: readonly string[];
  readonly inputs: readonly string[];
  readonly knowledge: readonly string[];
  readonly sources: readonly string[];
}

export interface KnowledgeModel extends Element {
  readonly variable: Variable;
  readonly requires: Requirements;
  readonly logic?: BoxedFunction;
}

/** A group of decisions offered as one function: parameters are first the input data, then the input decisions (§10.4). */
export interface DecisionService extends Element {
  readonly variable: Variable;
  readonly outputs: readonly string[];
  readonly encapsulated: readonly string[];
  readonly inputDecisions: readonly string[];
  readonly inputData: readonly string[];
}

/** An authority for a decision: a law, a document, a person. Carried, never evaluated. */
export interface KnowledgeSource extends Element {
  readonly type?: string;
  readonly locationUri?: string;
}

export type Boxed =
  | BoxedLiteral
  | BoxedContext
  | BoxedInvocation
  | BoxedFunction
  | BoxedRelation
  | BoxedList
  | BoxedTable
  | BoxedConditional
  | BoxedFilter
  | BoxedIterator;

interface BoxedBase {
  readonly id?: string;
  readonly typeRef?: string;
}

interface BoxedLiteral extends BoxedBase {
  readonly kind: "literal";
  readonly text: string;
  /** Set when the text is not FEEL; such an expression is carried but evaluates to null with a diagnostic. */
  readonly language?: string;
}

export interface BoxedContext extends BoxedBase {
  readonly kind: "context";
  /** An entry without a variable is the result of the context. */
  readonly entries: readonly { readonly variable?: Variable; readonly value: Boxed }[];
}

export interface BoxedInvocation extends BoxedBase {
  readonly kind: "invocation";
  readonly called: Boxed;
  readonly bindings: readonly { readonly parameter: Variable; readonly value: Boxed }[];
}

export interface BoxedFunction extends BoxedBase {
  readonly kind: "function";
  readonly language: "FEEL" | "Java" | "PMML";
  readonly parameters: readonly Variable[];
  readonly body?: Boxed;
}

export interface BoxedRelation extends BoxedBase {
  readonly kind: "relation";
  readonly columns: readonly Variable[];
  readonly rows: readonly (readonly Boxed[])[];
}

interface BoxedList extends BoxedBase {
  readonly kind: "list";
  readonly items: readonly Boxed[];
}

interface BoxedConditional extends BoxedBase {
  readonly kind: "conditional";
  readonly if: Boxed;
  readonly yes: Boxed;
  readonly no: Boxed;
}

interface BoxedFilter extends BoxedBase {
  readonly kind: "filter";
  readonly in: Boxed;
  readonly match: Boxed;
}

export interface BoxedIterator extends BoxedBase {
  readonly kind: "for" | "some" | "every";
  readonly variable: string;
  readonly in: Boxed;
  /** `return` of a for, `satisfies` of some and every. */
  readonly body: Boxed;
}

export type HitPolicy = "UNIQUE" | "ANY" | "PRIORITY" | "FIRST" | "RULE ORDER" | "OUTPUT ORDER" | "COLLECT";
export type Aggregation = "SUM" | "MIN" | "MAX" | "COUNT";

export interface BoxedTable extends BoxedBase {
  readonly kind: "table";
  readonly hitPolicy: HitPolicy;
  readonly aggregation?: Aggregation;
  readonly outputLabel?: string;
  readonly inputs: readonly TableInput[];
  readonly outputs: readonly TableOutput[];
  readonly annotations: readonly string[];
  readonly rules: readonly TableRule[];
}

interface TableInput {
  readonly id?: string;
  readonly label?: string;
  readonly expression: string;
  readonly typeRef?: string;
  /** Unary tests: the values the column is meant for. */
  readonly allowedValues?: string;
}

export interface TableOutput {
  readonly id?: string;
  readonly label?: string;
  readonly name?: string;
  readonly typeRef?: string;
  /** Comma-separated expressions; their order is the priority for hit policies P and O. */
  readonly allowedValues?: string;
  readonly defaultValue?: string;
}

export interface TableRule {
  readonly id?: string;
  readonly description?: string;
  /** Unary tests, one for each input. */
  readonly when: readonly string[];
  /** Expressions, one for each output. */
  readonly then: readonly string[];
  readonly annotations: readonly string[];
}
