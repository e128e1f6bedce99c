// The box one writes in: sends, answers, edits; one draft per chat.
import { byId, setText } from "./dom.js";
import { pick, say } from "./i18n.js";
import { Suggestions } from "./suggestions.js";

const LINES = 6;
const FRAME = 60000;   // bytes; a frame over 64 KiB closes the socket

export class Composer {
  /** acts: send({text, reply_to}), edit(message, text), problem(word); state */
  constructor(state, acts) {
    this.state = state;
    this.acts = acts;
    this.chat = null;
    this.drafts = new Map();   // chat id → {text, message, editing}
    this.message = null;       // the one answered or edited
    this.editing = false;
    this.composing = false;
    this.box = byId("composer");
    this.suggestions = new Suggestions(this.box, (text) => this.fill(text));
    this.box.addEventListener("compositionstart", () => { this.composing = true; });
    this.box.addEventListener("compositionend", () => {
      this.composing = false;
      this.typed();
    });
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.key(event));
    // It may be filled while it is hidden, or become narrower: a phone turned, a view opened.
    let width = 0;
    new ResizeObserver(() => {
      if (this.box.clientWidth !== width) this.grow();
      width = this.box.clientWidth;
    }).observe(this.box);
    this.box.addEventListener("blur", () => this.suggestions.close());
    byId("about-cancel").addEventListener("click", () => this.cancel());
    byId("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  open(chat) {
    if (this.chat?.id === chat?.id) {
      this.chat = chat;
      return;
    }
    if (this.chat) this.drafts.set(this.chat.id, { text: this.box.value, message: this.message, editing: this.editing });
    this.chat = chat;
    const draft = this.drafts.get(chat?.id) ?? { text: "", message: null, editing: false };
    this.box.value = draft.text;
    this.message = draft.message;
    this.editing = draft.editing;
    this.suggestions.close();
    this.grow();
    this.show();
  }

  /** Another person: the drafts are not his. */
  forget() {
    this.drafts.clear();
    this.chat = null;
    this.box.value = "";
    this.message = null;
    this.editing = false;
    this.grow();
    this.show();
  }

  reply(message) {
    if (this.editing) this.box.value = "";
    Object.assign(this, { message, editing: false });
    this.show();
    this.focusAtEnd();
  }

  edit(message) {
    Object.assign(this, { message, editing: true });
    this.box.value = pick(message.text);
    this.show();
    this.focusAtEnd();
  }

  cancel() {
    if (this.editing) this.box.value = "";
    Object.assign(this, { message: null, editing: false });
    this.show();
    this.focusAtEnd();
  }

  fill(text) {
    this.box.value = text;
    this.suggestions.close();
    this.focusAtEnd();
  }

  focusAtEnd() {
    this.grow();
    this.box.focus();
    this.box.setSelectionRange(this.box.value.length, this.box.value.length);
  }

  typed() {
    this.grow();
    // While an input method composes, the box holds half a word.
    if (this.composing || this.editing || !this.chat) this.suggestions.close();
    else this.suggestions.update(this.state.commands, this.chat.kind, this.box.value);
  }

  key(event) {
    // The Enter that ends a composition belongs to the input method; some browsers only tell by the key code.
    if (event.isComposing || this.composing || event.keyCode === 229) return;
    if (this.suggestions.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.message) {
      event.preventDefault();
      this.cancel();
    }
  }

  submit() {
    const text = this.box.value;
    if (!text.trim() || !this.chat) {
      this.box.focus();
      return;
    }
    if (new TextEncoder().encode(JSON.stringify(text)).length > FRAME) {
      this.acts.problem("too_long");
      return;
    }
    const { message, editing } = this;
    this.box.value = "";
    Object.assign(this, { message: null, editing: false });
    this.grow();
    this.show();
    this.box.focus();
    // Last, because an edit that cannot go out puts its words back into the box.
    if (editing) this.acts.edit(message, text);
    else this.acts.send({ text, ...(message && { reply_to: message.id }) });
  }

  /** Also after a change of language. */
  show() {
    const about = byId("about");
    about.hidden = !this.message;
    if (this.message) {
      setText(byId("about-what"), this.editing ? say("editing") : say("replying", { name: pick(this.message.from.name) }));
      setText(byId("about-text"), [...pick(this.message.text)].slice(0, 120).join("") || say("picture"));
      const cancel = byId("about-cancel");
      cancel.setAttribute("aria-label", say(this.editing ? "cancel_edit" : "cancel_reply"));
      cancel.title = cancel.getAttribute("aria-label");
    }
    const send = byId("send");
    send.setAttribute("aria-label", say(this.editing ? "save" : "send"));
    send.title = send.getAttribute("aria-label");
    this.box.placeholder = say(this.chat?.kind === "group" ? "hint_group" : "hint_private");
    this.suggestions.close();
  }

  grow() {
    const { box } = this;
    if (!box.value || !box.clientWidth) {   // a placeholder must not make it grow; a hidden box has no height
      box.style.height = "";
      box.style.overflowY = "hidden";
      return;
    }
    box.style.height = "auto";
    const line = Number.parseFloat(getComputedStyle(box).lineHeight);
    const frame = box.offsetHeight - box.clientHeight;
    const limit = line * LINES + 24;
    box.style.height = `${Math.min(box.scrollHeight + frame, limit)}px`;
    box.style.overflowY = box.scrollHeight > limit ? "auto" : "hidden";
  }
}
