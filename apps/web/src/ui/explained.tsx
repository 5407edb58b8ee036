import type { ExplainedCondition, ExplainedNode, Explanation } from "@qingdan/list/browser";
import { formatMoney } from "./format.ts";
import { Mark } from "./mark.tsx";
import { Outcome, type OutcomeName } from "./outcome.tsx";
import { usePreferences } from "./preferences.ts";
import { useText, useWords } from "./words.ts";

const outcomeOf = (holds: boolean | null): OutcomeName =>
  holds === null ? "undetermined" : holds ? "entitled" : "not";

/** A node of the rule with its value; what it was made of stands below it. */
function Node({ node }: { readonly node: ExplainedNode }) {
  const text = useText();
  const words = useWords();
  // A number that is written out in the rule has nothing to tell beside the line above it.
  const children = node.children.filter(({ op }) => op !== "constant");
  return (
    <li>
      {text(node)} = {node.value ? text(node.value) : words("explain.unknown")}
      {node.parameter?.mark && (
        <>
          {" "}
          <span className="hint small">
            {node.parameter.from} {node.parameter.document ?? node.parameter.source?.join(" ")}
          </span>{" "}
          <Mark mark={node.parameter.mark} />
        </>
      )}
      {children.length > 0 && (
        <ul>
          {children.map((child, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the tree of a rule has no other names and does not reorder
            <Node key={index} node={child} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Condition({ condition }: { readonly condition: ExplainedCondition }) {
  const text = useText();
  const words = useWords();
  const state = { entitled: "explain.holds", not: "explain.fails", undetermined: "explain.open" } as const;
  const outcome = outcomeOf(condition.holds);
  return (
    <li>
      <strong>{text(condition)}</strong>: {words(state[outcome])}
      {condition.distances.map((distance) => (
        <span key={`${distance.condition.zh} ${distance.zh}`}> ({text(distance)})</span>
      ))}
      {condition.basis.map((law) => (
        <span key={`${law.source}/${law.article}`} className="hint small">
          {" "}
          {law.title} {law.article && words("explain.article", { article: law.article })}
        </span>
      ))}
      <ul>
        <Node node={condition.tree} />
      </ul>
    </li>
  );
}

/** An answer's whole reason: the short sentence first, then every condition and the amount as trees. */
export function Explained({ explanation }: { readonly explanation: Explanation }) {
  const text = useText();
  const { language } = usePreferences();
  return (
    <div>
      <p>
        <Outcome outcome={explanation.outcome} /> {text(explanation.reason)}
      </p>
      <ul className="why">
        {explanation.conditions.map((condition) => (
          <Condition key={condition.code} condition={condition} />
        ))}
        {explanation.amounts
          .filter(({ holds }) => holds !== false)
          .map((amount) => (
            <li key={amount.code}>
              <strong>{text(amount)}</strong>
              {amount.fen !== null && `: ${formatMoney(amount.fen, explanation.per, language)}`}
              <ul>
                {amount.test && <Node node={amount.test} />}
                <Node node={amount.tree} />
              </ul>
            </li>
          ))}
      </ul>
    </div>
  );
}
