import { createHash, type Hash } from "node:crypto";
import type { Decisions } from "@qingdan/list";

/**
 * SHA-256 of decisions that arrive in blocks. Each column of each item is hashed as one stream, so the result depends on the
 * decisions and on the order of the people, not on where the blocks were cut.
 */
export interface DecisionsHash {
  add(decisions: Decisions, persons: number): void;
  digest(): string;
}

export function startDecisionsHash(items: number): DecisionsHash {
  const streams = Array.from({ length: items }, () => [newHash(), newHash(), newHash()] as const);
  return {
    add(decisions, persons) {
      streams.forEach(([outcome, reason, amount], item) => {
        outcome.update(decisions.outcome[item]!.subarray(0, persons));
        reason.update(decisions.reason[item]!.subarray(0, persons));
        amount.update(decisions.amount[item]!.subarray(0, persons));
      });
    },
    digest() {
      const whole = newHash();
      for (const hash of streams.flat()) whole.update(hash.digest());
      return whole.digest("hex");
    },
  };
}

function newHash(): Hash {
  return createHash("sha256");
}
