// What the page knows: who we are, the chats, their messages, what is unread. No DOM in here.
import { recall, remember } from "./dom.js";

export const KEPT = 200;   // messages per chat, in memory and on the page

export class State {
  constructor() {
    this.loadedAt = Date.now();
    this.reset();
  }

  /** Another person: nothing of the previous one may stay. */
  reset() {
    this.me = null;
    this.name = null;
    this.people = [];
    this.commands = [];
    this.chats = new Map();      // id → {…chat, messages: [], byId: Map, ready, unread}
  }

  welcome(frame) {
    if (this.me !== frame.me) this.reset();
    this.me = frame.me;
    this.name = frame.name ?? null;
    this.people = frame.people ?? [];
    this.commands = frame.commands ?? [];
    const before = this.chats;
    this.chats = new Map();
    for (const chat of frame.chats ?? []) {
      // Until `history` comes, what was there before stays readable.
      const old = before.get(chat.id);
      this.chats.set(chat.id, { messages: [], byId: new Map(), unread: 0, ...old, ...chat, ready: false });
    }
  }

  history({ chat: id, messages }) {
    const chat = this.chats.get(id);
    if (!chat) return null;
    chat.messages = messages.slice(-KEPT);
    chat.byId = new Map(chat.messages.map((message) => [message.id, message]));
    chat.ready = true;
    const seen = this.seenUntil(id);
    chat.unread = chat.messages.filter((message) => !this.mine(message) && Date.parse(message.at) > seen).length;
    return chat;
  }

  /** A new message, or one seen before that has changed. Returns true when it is new. */
  put(message) {
    const chat = this.chats.get(message.chat);
    if (!chat) return false;
    if (chat.byId.has(message.id)) {
      this.change(message);
      return false;
    }
    chat.messages.push(message);
    chat.byId.set(message.id, message);
    while (chat.messages.length > KEPT) chat.byId.delete(chat.messages.shift().id);
    if (!this.mine(message)) chat.unread += 1;
    return true;
  }

  /** An edit of a message that is no longer kept changes nothing here. */
  change(message) {
    const chat = this.chats.get(message.chat);
    if (!chat?.byId.has(message.id)) return;
    chat.byId.set(message.id, message);
    chat.messages[chat.messages.findIndex((other) => other.id === message.id)] = message;
  }

  /** A message that its author had removed; one that is not kept here is no matter. */
  remove({ chat: id, message }) {
    const chat = this.chats.get(id);
    if (!chat?.byId.delete(message)) return;
    chat.messages = chat.messages.filter((other) => other.id !== message);
    chat.unread = Math.min(chat.unread, chat.messages.filter((other) => !this.mine(other)).length);
  }

  mine(message) {
    return message.from.id === this.me;
  }

  /** On a real deployment `people` is empty: then a welcome without our name leaves only our own messages to tell it. */
  myName() {
    if (this.name) return this.name;
    const person = this.people.find(({ id }) => id === this.me);
    if (person) return person.name;
    for (const chat of this.chats.values()) {
      const own = chat.messages.findLast((message) => this.mine(message));
      if (own) return own.from.name;
    }
    return null;
  }

  // The protocol has no read marks, so each browser keeps its own: the time of the newest message seen.
  seenUntil(id) {
    return Number(recall("localStorage", `seen.${this.me}.${id}`)) || this.loadedAt;
  }

  markSeen(id) {
    const chat = this.chats.get(id);
    if (!chat) return;
    chat.unread = 0;
    const last = chat.messages.at(-1);
    if (!last || last.id === chat.seen) return;
    chat.seen = last.id;
    remember("localStorage", `seen.${this.me}.${id}`, String(Date.parse(last.at)));
  }

  unreadInAll() {
    return [...this.chats.values()].reduce((sum, chat) => sum + chat.unread, 0);
  }
}
