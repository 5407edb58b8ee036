import type { Generated } from "kysely";

/** Tables of who signs in and who looked at whom. */
export interface IdentityTables {
  readonly account: {
    readonly id: string;
    /** Name to sign in with, in lower case. */
    readonly login: string;
    readonly kind: "resident" | "staff";
    readonly name: string;
    /** Number of the person in the people's snapshot. */
    readonly person: string | null;
    /** Argon2id hash of the pass-phrase; null: signs in another way. */
    readonly secret: string | null;
    /** Belongs to a demonstration; its pass-phrase is shown. */
    readonly demo: boolean;
    readonly created_at: Date;
    readonly disabled_at: Date | null;
  };
  readonly account_role: {
    readonly account: string;
    readonly role: string;
    readonly area: string;
    /** Empty: every office of the area. */
    readonly office: string;
  };
  readonly account_passkey: {
    /** Id of the credential, base64url. */
    readonly id: string;
    readonly account: string;
    readonly public_key: Uint8Array;
    readonly counter: number;
    readonly name: string;
    readonly created_at: Date;
  };
  /** Who an account is at an identity provider. */
  readonly account_identity: {
    readonly issuer: string;
    readonly subject: string;
    readonly account: string;
  };
  /** Who may act for whom: for which matters, until when. */
  readonly mandate: {
    readonly id: string;
    /** Number of the person, or id of their account. */
    readonly person: string;
    readonly person_name: string;
    /** Account of the helper. */
    readonly helper: string;
    readonly relation: "guardian" | "close-relative" | "committee" | "agent";
    /** Codes of items, separated by spaces; `*` is every one. */
    readonly items: string;
    readonly disposes: boolean;
    /** What bears it out. */
    readonly evidence: string;
    readonly until: string;
    readonly given_by: string;
    readonly given_at: Date;
    readonly revoked_at: Date | null;
    readonly revoked_by: string | null;
  };
  readonly session: {
    /** SHA-256 of the token; the token itself is in the cookie only. */
    readonly token_hash: string;
    readonly account: string;
    readonly created_at: Date;
    readonly seen_at: Date;
    /** When the token was last exchanged for a new one, and what it was before: requests under way still bear it. */
    readonly turned_at: Date;
    readonly before_hash: string | null;
    readonly address: string;
    readonly agent: string;
  };
  /** Half-done sign-ins: the challenge of a passkey, the secrets of a trip to an identity provider. */
  readonly sign_in_step: {
    readonly id: string;
    readonly kind: string;
    readonly body: string;
    readonly ends_at: Date;
  };
  readonly sign_in_failure: {
    /** `login:...` or `address:...`. */
    readonly key: string;
    readonly count: number;
    readonly at: Date;
  };
  /** Every look at one person's data: whose, by whom, for what, which facts. */
  readonly person_look: {
    readonly id: Generated<number>;
    /** The run it was seen in. */
    readonly run: string | null;
    readonly person: string;
    readonly address: string;
    readonly at: Date;
    /** Account of who looked; null: a visitor, at made-up people. */
    readonly actor: string | null;
    readonly actor_name: string | null;
    readonly item: string | null;
    readonly case: string | null;
    /** Names of the facts that were shown, separated by spaces. */
    readonly facts: string | null;
  };
}
