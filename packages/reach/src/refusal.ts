/** An input that cannot be used: a stable code, where it is wrong, and what would be right. */
export class ReachRefusal extends Error {
  readonly code: string;
  readonly place: string;
  readonly what: string;

  constructor(code: string, place: string, what: string) {
    super(`${place}: ${what}`);
    this.name = "ReachRefusal";
    this.code = code;
    this.place = place;
    this.what = what;
  }
}
