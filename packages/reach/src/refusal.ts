/** An input that cannot be used: a stable code, where it is wrong, and what would be right. */
export class ReachRefusal extends Error {
  readonly code: string;
  readonly place: string;

  constructor(code: string, place: string, message: string) {
    super(`${place}: ${message}`);
    this.name = "ReachRefusal";
    this.code = code;
    this.place = place;
  }
}
