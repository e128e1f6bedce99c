// The browser chat: wires the socket, what is known, and what is shown. The protocol: docs/browser-chat.md.
import { Composer } from "./chat/composer.js";
import { Conversations, showTalkHead } from "./chat/conversations.js";
import { LocationDialog, PictureDialog } from "./chat/dialogs.js";
import { byId, icon, oncePerFrame } from "./chat/dom.js";
import { Head } from "./chat/head.js";
import { fillPage, pick, say, setLanguage } from "./chat/i18n.js";
import { Log } from "./chat/log.js";
import { Outbox } from "./chat/outbox.js";
import { Requests } from "./chat/requests.js";
import { Route } from "./chat/route.js";
import { Connection } from "./chat/socket.js";
import { State } from "./chat/state.js";

const state = new State();
const draw = oncePerFrame(render);
const pressed = new Set();   // buttons whose press has just arrived; for a moment they show it
const PRESSED = 4000;
const connection = new Connection({ frame: receive, state: lineState, unknownPerson: () => head.notice(say("unknown_person")) });
const transmit = (frame) => connection.send(frame);
const outbox = new Outbox(state, transmit, draw, () => connection.again());
const requests = new Requests(transmit);

const head = new Head({ language: changeLanguage, person: becomePerson });
const composer = new Composer(state, { send, edit, problem: (word) => head.notice(say(word)) });
const pictures = new PictureDialog();
const conversations = new Conversations();
const log = new Log({
  press,
  reply: (message) => composer.reply(message),
  edit: (message) => composer.edit(message),
  enlarge: (message, alt) => pictures.open(message.picture, alt),
  retry: (nonce) => outbox.retry(nonce),
  discard: (nonce) => outbox.discard(nonce),
  fill: (text) => composer.fill(text),
  leave: () => composer.box.focus(),
  more: draw,
  read: () => state.chats.get(route.chat)?.unread && draw(),
});
const route = new Route({
  changed: () => {
    head.notice("");   // it was about the other chat
    draw();
  },
  focusList: (id) => conversations.focus(id),
  focusBox: () => composer.box.focus(),
});
new LocationDialog((latitude, longitude) => send({ type: "location", latitude, longitude }));

// ---- from the server

function receive(frame) {
  switch (frame.type) {
    case "welcome":
      state.welcome(frame);
      setLanguage(frame.language, false);
      fillPage();
      composer.show();
      document.body.dataset.me = frame.me; // who the server takes this page for
      break;
    case "history": {
      const chat = state.history(frame);
      if (chat) outbox.reconcile(chat);
      break;
    }
    case "message":
      if (state.mine(frame.message)) outbox.recognise(frame.message, frame.nonce);
      state.put(frame.message);
      break;
    case "edit":
      state.change(frame.message);
      break;
    case "remove":
      state.remove(frame);
      break;
    case "ack":
      if (!outbox.ack(frame.nonce, frame.message)) requests.answer(frame.nonce, null);
      break;
    case "error":
      if (outbox.error(frame.nonce, frame.text)) break;
      if (!requests.answer(frame.nonce, frame.text)) head.notice(pick(frame.text));
      break;
    default:   // a newer server may say more than this page knows
  }
  draw();
}

function lineState(line) {
  head.line(line);
  if (line !== "open") requests.giveUp();
  draw();
}

// ---- from the person

function send(what) {
  const chat = route.chat;
  if (!state.chats.has(chat)) return;
  outbox.add({ type: "send", chat, ...what });
  log.atEnd = true;   // whoever speaks wants to see the answer
}

function edit(message, text) {
  if (pick(message.text) === text) return;
  requests.ask({ type: "edit", chat: message.chat, message: message.id, text }, `edit ${message.id}`, (problem) => {
    if (problem) {
      explain(problem);
      // The words are not lost: they are back in the box, unless something else is being written by now.
      if (route.chat === message.chat && !composer.box.value) {
        composer.edit(message);
        composer.fill(text);
      }
    }
    draw();
  });
  draw();
}

function press(message, data) {
  const key = `press ${message.id} ${data}`;
  if (requests.busy(key)) return;
  requests.ask({ type: "press", chat: message.chat, message: message.id, data }, key, (problem) => {
    if (problem) {
      explain(problem);
    } else {
      pressed.add(key);
      setTimeout(() => pressed.delete(key) && draw(), PRESSED);
    }
    draw();
  });
  draw();
}

/** A problem is a word of the page or a text of the server. */
function explain(problem) {
  head.notice(typeof problem === "string" ? say(problem) : pick(problem));
}

function changeLanguage(to) {
  setLanguage(to, true);
  fillPage();
  head.line(head.state);
  composer.show();
  draw();
}

function becomePerson(id) {
  requests.giveUp();
  pressed.clear();
  head.notice("");
  state.reset();
  composer.forget();
  connection.connect(id);
  draw();
}

// ---- on the page

function asMessage(item) {
  const { frame } = item;
  const text = frame.type === "location" ? say("location_card", { text: `${frame.latitude}, ${frame.longitude}` }) : frame.text;
  // One object per item and language: the view redraws only what is another object.
  if (item.shown?.text.zh !== text) {
    Object.defineProperty(item, "shown", { configurable: true, value: {
      id: null, chat: item.chat, from: { id: state.me, name: state.myName() ?? { zh: say("you") } }, text: { zh: text }, at: item.at,
      edited: false, buttons: [], picture: null, file: null, reply_to: frame.reply_to ?? null, reactions: [] } });
  }
  return item.shown;
}

function entriesOf(chat) {
  const entries = chat.messages.map((message) => ({
    key: outbox.shownAs.get(message.id) ?? message.id,
    message,
    mine: state.mine(message),
    quoted: chat.byId.get(message.reply_to) ?? null,
    busy: (data) => requests.busy(`press ${message.id} ${data}`),
    pressed: (data) => pressed.has(`press ${message.id} ${data}`),
    saving: requests.busy(`edit ${message.id}`),
    delivery: state.mine(message) ? "stored" : null,
  }));
  for (const item of outbox.in(chat.id)) {
    const message = asMessage(item);
    entries.push({ key: item.frame.nonce, message, mine: true, quoted: chat.byId.get(message.reply_to) ?? null, busy: () => false, pressed: () => false,
      saving: false, delivery: item.delivery, nonce: item.frame.nonce, error: item.error });
  }
  return entries;
}

function render() {
  route.settle(state.chats);
  const chat = state.chats.get(route.chat) ?? null;
  head.people(state);
  composer.open(chat);
  showTalkHead(chat);
  log.show(chat ? `${state.me} ${chat.id}` : null, chat ? entriesOf(chat) : [], Boolean(chat?.ready));
  if (chat?.ready && route.inTalk && log.atEnd && !document.hidden) state.markSeen(chat.id);
  conversations.show(state, route.chat, (one) => {
    const waiting = outbox.in(one.id).at(-1);
    return waiting ? asMessage(waiting) : one.messages.at(-1);
  });
}

document.addEventListener("visibilitychange", draw);
// Where the phone's keyboard covers the page instead of shrinking it (iOS), the page shrinks itself.
window.visualViewport?.addEventListener("resize", ({ target: view }) => {
  const covered = view.scale === 1 && window.innerHeight - view.height > 120;
  document.documentElement.style.setProperty("--keyboard", covered ? `${window.innerHeight - view.height}px` : "0px");
  if (covered) window.scrollTo(0, 0);
});
for (const node of document.querySelectorAll("[data-icon]")) node.append(icon(node.dataset.icon));
fillPage();
composer.show();
connection.connect(head.startPerson());
