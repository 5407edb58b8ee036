/** The little of oidc-provider (which ships no types) that the test of sign-in at a provider needs. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }
  interface Context {
    readonly oidc: {
      readonly provider: { readonly Grant: new (of: { clientId: string; accountId: string }) => Grant };
      readonly session: { readonly accountId?: string } | undefined;
    };
  }
  interface Configuration {
    readonly clients: readonly Readonly<Record<string, unknown>>[];
    readonly claims: Readonly<Record<string, readonly string[]>>;
    readonly conformIdTokenClaims: boolean;
    readonly findAccount: (
      context: Context,
      id: string,
    ) => { accountId: string; claims: () => Record<string, unknown> };
    readonly features: Readonly<Record<string, { readonly enabled: boolean }>>;
    readonly interactions: { readonly url: (context: Context, interaction: { readonly uid: string }) => string };
    readonly loadExistingGrant: (context: Context) => Promise<Grant>;
  }
  export default class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: unknown): Promise<void>;
  }
}
