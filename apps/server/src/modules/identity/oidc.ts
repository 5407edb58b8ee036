import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { Problem } from "../../problem.ts";
import type { SignInSteps } from "./sign-in-steps.ts";

/** An identity provider, such as a province's unified sign-in. */
export interface OidcProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Who the provider says it is. */
export interface OidcAnswer {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string | undefined;
  /** Where on the site the person wanted to go. */
  readonly goal: string;
}

/** Sign-in at an identity provider: authorization code with PKCE, state and nonce. */
export interface Oidc {
  /** Address to send the browser to, and the step that the answer must belong to. */
  begin(callback: string, goal: string): Promise<{ readonly address: string; readonly step: string }>;
  /** @throws {Problem} AUTH-OIDC-REFUSED */
  finish(step: string | undefined, answer: URL): Promise<OidcAnswer>;
}

interface Trip {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly goal: string;
}

const refused = (reason: string) =>
  new Problem("AUTH-OIDC-REFUSED", { zh: `请重新登录（${reason}）`, en: `Sign in again (${reason})` });

/** Plain HTTP is for providers on this machine only. */
const isLocal = (issuer: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$)/.test(issuer);

export function createOidc({ issuer, clientId, clientSecret }: OidcProvider, steps: SignInSteps): Oidc {
  let known: Promise<Configuration> | undefined;
  const provider = () => {
    const execute = isLocal(issuer) ? [allowInsecureRequests] : [];
    known ??= discovery(new URL(issuer), clientId, clientSecret, undefined, { execute });
    // A provider that could not be reached is asked again next time.
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
  return {
    async begin(callback, goal) {
      const [verifier, state, nonce] = [randomPKCECodeVerifier(), randomState(), randomNonce()];
      const address = buildAuthorizationUrl(await provider(), {
        redirect_uri: callback,
        scope: "openid profile",
        response_type: "code",
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state,
        nonce,
      });
      const step = await steps.begin("oidc", { verifier, state, nonce, goal } satisfies Trip);
      return { address: address.href, step };
    },
    async finish(step, answer) {
      const trip = step === undefined ? undefined : await steps.take<Trip>("oidc", step);
      if (!trip) throw refused("expired");
      const tokens = await authorizationCodeGrant(await provider(), answer, {
        pkceCodeVerifier: trip.verifier,
        expectedState: trip.state,
        expectedNonce: trip.nonce,
        idTokenExpected: true,
      }).catch((error: { code?: string }) => {
        throw refused(error.code ?? "answer");
      });
      const claims = tokens.claims();
      if (!claims) throw refused("no claims");
      const { name } = claims;
      return {
        issuer: claims.iss,
        subject: claims.sub,
        name: typeof name === "string" ? name : undefined,
        goal: trip.goal,
      };
    },
  };
}
