// The commands offered while one types. The box stays a plain text field: nothing is chosen for whoever just types and
// presses Enter, except after "/", which is never a sentence.
import { byId, el, setText } from "./dom.js";
import { language, pick, say } from "./i18n.js";

const FIRST = ["checkin", "here", "notices", "help", "me", "undo"];   // what most people want stands above the rest
const MENTION = /^\s*@(支部机器人|支部|zhibu)\s*/i;

/** The commands that fit what is typed, best first. */
export function matching(commands, kind, typed) {
  const rest = typed.replace(MENTION, "");
  const asked = rest.trim().toLowerCase();
  if (!asked || /\s/.test(asked) || asked.length > 20) return [];
  const slash = asked.startsWith("/");
  const key = slash ? asked.slice(1) : asked;
  const score = ({ word, slash: name }) => {
    const latin = (name ?? "").toLowerCase();
    if (latin.startsWith(key)) return slash || key.length > 1 ? 0 : -1;
    if (word.toLowerCase().startsWith(key)) return 0;
    if (word.includes(key)) return 1;
    return -1;
  };
  const fitting = commands.filter((command) => command.kinds.includes(kind) && score(command) >= 0);
  const complete = fitting.length === 1 && (fitting[0].word === key || fitting[0].slash === key);
  const rank = ({ slash: name }) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return complete ? [] : fitting.sort((one, other) => score(one) - score(other) || rank(one) - rank(other));
}

export class Suggestions {
  /** choose(text): the words to stand in the box */
  constructor(box, choose) {
    this.box = box;
    this.choose = choose;
    this.list = byId("suggestions");
    this.said = byId("suggestions-said");
    this.found = [];
    this.typed = "";
    this.active = -1;
    // A <textarea> may not have role=combobox (ARIA in HTML; axe objects), nor aria-expanded without it. As a multi-line
    // text field it may still point to its list and to the active option; that the list opened is said by a live region.
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-haspopup", "listbox");
    box.setAttribute("aria-controls", "suggestions");
    // The press must not take the focus (and the phone's keyboard) away from the box.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.pick(Number(option.dataset.index));
    });
  }

  get open() {
    return !this.list.hidden;
  }

  update(commands, kind, typed) {
    this.typed = typed;
    this.found = matching(commands, kind, typed);
    if (!this.found.length) return this.close();
    this.list.replaceChildren(...this.found.map((command, index) => el("div", {
      role: "option", id: `suggestion-${index}`, class: "suggestion", "data-index": index, "aria-selected": "false" },
      el("b", { text: this.words(command) }),
      el("span", { class: "soft", text: pick(command.help) }))));
    this.list.hidden = false;
    this.list.scrollTop = 0;
    const words = typed.replace(MENTION, "").trim().toLowerCase();
    const complete = this.found.some((command) => words === `/${command.slash}`);   // then Enter sends it
    this.activate(words.startsWith("/") && !complete ? 0 : -1);
    setText(this.said, say("suggestions_said", { n: this.found.length }));
    return undefined;
  }

  words(command) {
    const latin = command.slash && (language() === "en" || /^\/\w/.test(this.typed.replace(MENTION, "")));
    return latin ? `/${command.slash}` : command.word;
  }

  close() {
    if (!this.open) return;
    this.list.hidden = true;
    this.box.removeAttribute("aria-activedescendant");
    this.active = -1;
    setText(this.said, "");
  }

  activate(index) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.list.children[index];
    if (!option) {
      this.box.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    this.box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  pick(index) {
    const mention = this.typed.match(MENTION)?.[0] ?? "";
    const text = mention + this.words(this.found[index]);
    this.close();
    this.choose(text);
  }

  /** True when the key was meant for the list. */
  key(event) {
    if (event.key === "Tab" && event.shiftKey) this.close();   // on the way back it is no stop
    if (!this.open || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return false;
    const count = this.found.length;
    if (event.key === "ArrowDown") this.activate((this.active + 1) % count);
    else if (event.key === "ArrowUp") this.activate(this.active <= 0 ? count - 1 : this.active - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab") this.pick(Math.max(0, this.active));
    else if (event.key === "Enter" && this.active >= 0) this.pick(this.active);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
