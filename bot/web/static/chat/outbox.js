// What was typed and is not yet certainly stored. Nothing lost: it outlives a broken line, a change of person and a reload
// of the tab. Nothing twice: after a broken line the history decides whether a message had arrived.
import { recall, remember } from "./dom.js";

const PATIENCE = 20000;   // without an answer for so long, a message counts as not sent

export const newNonce = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

export class Outbox {
  /** state; transmit(frame) → sent?; changed(); silent(): the line seems dead */
  constructor(state, transmit, changed, silent) {
    Object.assign(this, { state, transmit, changed, silent });
    this.items = this.load();
    this.timers = new Map();
    this.shownAs = new Map();   // message id → nonce, so that the bubble on the page stays the same one
    this.adopted = new Map();   // nonce → item whose message came before its ack
  }

  /** The items to show in a chat: ours, oldest first. */
  in(chat) {
    return this.items.filter((item) => item.chat === chat && item.person === this.state.me);
  }

  add(frame) {
    const chat = this.state.chats.get(frame.chat);
    this.items.push({
      frame: { ...frame, nonce: newNonce() },
      chat: frame.chat,
      person: this.state.me,
      at: new Date().toISOString(),
      after: chat.messages.at(-1)?.id ?? null,   // what comes after this one may be its echo
      delivery: "waiting",
      message: null,
      error: null,
    });
    this.flush(chat);
  }

  /** Sends what waits, once the chat's history has settled what had arrived before. */
  flush(chat) {
    if (chat?.ready) {
      for (const item of this.in(chat.id)) {
        if (item.delivery !== "waiting") continue;
        if (!this.transmit(item.frame)) break;
        item.delivery = "sending";
        this.watch(item);
      }
    }
    this.save();
  }

  watch(item) {
    const nonce = item.frame.nonce;
    clearTimeout(this.timers.get(nonce));
    this.timers.set(nonce, setTimeout(() => {
      if (item.delivery !== "sending" || !this.items.includes(item)) return;
      item.delivery = "failed";
      this.save();
      this.silent();
    }, PATIENCE));
  }

  retry(nonce) {
    const item = this.find(nonce);
    if (item?.delivery !== "failed") return;
    Object.assign(item, { delivery: "waiting", error: null });   // the same nonce: the server may know it
    this.flush(this.state.chats.get(item.chat));
  }

  discard(nonce) {
    this.items = this.items.filter((item) => item.frame.nonce !== nonce);
    this.save();
  }

  find(nonce) {
    return this.items.find((item) => item.frame.nonce === nonce);
  }

  /** True when the nonce was one of ours. */
  ack(nonce, id) {
    this.stopWatching(nonce);
    if (this.adopted.delete(nonce)) return true;
    const item = this.find(nonce);
    if (!item) return false;
    Object.assign(item, { delivery: "stored", message: id, error: null });
    if (this.state.chats.get(item.chat)?.byId.has(id)) this.settle(item, id);
    this.save();
    return true;
  }

  error(nonce, text) {
    this.stopWatching(nonce);
    const item = this.find(nonce) ?? this.adopted.get(nonce);
    if (!item) return false;
    if (this.adopted.delete(nonce)) this.items.push(item);   // the message we took for it was another one
    Object.assign(item, { delivery: "failed", error: text });
    this.save();
    return true;
  }

  /** A message of our own came in. One without a nonce of ours was said in another tab. */
  recognise(message, nonce) {
    const item = this.find(nonce);
    if (!item) return;
    if (!item.message) this.adopted.set(nonce, item);
    this.settle(item, message.id);
    this.save();
  }

  /** After a broken line: what was on its way either stands in the history or did not arrive. */
  reconcile(chat) {
    const taken = new Set();
    for (const item of this.in(chat.id)) {
      if (item.delivery === "waiting") continue;
      const from = chat.messages.findIndex(({ id }) => id === item.after) + 1;
      const found = chat.messages.slice(from).find((message) => this.state.mine(message) && !taken.has(message.id)
        && !this.shownAs.has(message.id) && (item.message ? item.message === message.id : this.fits(item, message)));
      if (found) {
        taken.add(found.id);
        this.settle(item, found.id);
      } else if (item.delivery === "sending") {
        item.delivery = "failed";
      } else if (item.delivery === "stored") {
        this.settle(item, item.message);   // acknowledged, and by now too old for the history
      }
    }
    this.flush(chat);
  }

  fits(item, message) {
    // How a server words a location card is its own matter: it is what fits no text of ours.
    if (item.frame.type === "location") return !this.in(item.chat).some((other) => other.frame.type === "send" && this.fits(other, message));
    const text = item.frame.text.trim();
    return message.text?.zh?.trim() === text || message.text?.en?.trim() === text;
  }

  settle(item, id) {
    this.stopWatching(item.frame.nonce);
    this.shownAs.set(id, item.frame.nonce);
    this.items = this.items.filter((other) => other !== item);
  }

  stopWatching(nonce) {
    clearTimeout(this.timers.get(nonce));
    this.timers.delete(nonce);
  }

  save() {
    remember("sessionStorage", "outbox", JSON.stringify(this.items));
    this.changed();
  }

  load() {
    try {
      return JSON.parse(recall("sessionStorage", "outbox")) ?? [];
    } catch {
      return [];
    }
  }
}
