// Presses and edits on their way: each is busy until its ack or error, and never for ever.
import { newNonce } from "./outbox.js";

const PATIENCE = 20000;

export class Requests {
  constructor(transmit) {
    this.transmit = transmit;
    this.open = new Map();   // nonce → {done, timer, key}
  }

  /** done(null) after the ack, done(text) after an error, done("no_answer" | "not_connected") without either. */
  ask(frame, key, done) {
    const nonce = newNonce();
    if (!this.transmit({ ...frame, nonce })) {
      done("not_connected");
      return;
    }
    const timer = setTimeout(() => this.answer(nonce, "no_answer"), PATIENCE);
    this.open.set(nonce, { done, timer, key });
  }

  busy(key) {
    return [...this.open.values()].some((request) => request.key === key);
  }

  answer(nonce, problem) {
    const request = this.open.get(nonce);
    if (!request) return false;
    clearTimeout(request.timer);
    this.open.delete(nonce);
    request.done(problem);
    return true;
  }

  /** The line broke: whether these arrived is not known. */
  giveUp() {
    for (const nonce of [...this.open.keys()]) this.answer(nonce, "no_answer");
  }
}
