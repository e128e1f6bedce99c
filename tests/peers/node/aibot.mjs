// The official client of WeCom's long connection: tells what it understood by JSON lines, and answers as its documents show.
//
//   node aibot.mjs URL BOT_ID SECRET        or, for its encryption of callbacks:   node aibot.mjs crypto TOKEN AES_KEY RECEIVER
import { createInterface } from 'node:readline';
import sdk from '@wecom/aibot-node-sdk';

const { WSClient, WecomCrypto, generateReqId } = sdk;
const tell = (kind, what = {}) => process.stdout.write(JSON.stringify({ kind, ...what }) + '\n');
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const lines = createInterface({ input: process.stdin });
const told = (wrong) => ({ words: wrong?.message ?? JSON.stringify(wrong), errcode: wrong?.errcode });

function encryption(token, key, receiver) {
  const crypto = new WecomCrypto(token, key, receiver);
  tell('started');
  lines.on('line', (line) => {
    const { encrypt, decrypt, timestamp, nonce, signature } = JSON.parse(line);
    try {
      if (encrypt !== undefined) tell('answer', crypto.encrypt(encrypt, timestamp, nonce));
      else if (!crypto.verifySignature(signature, timestamp, nonce, decrypt)) tell('failed', { words: 'signature' });
      else tell('answer', { words: crypto.decrypt(decrypt) });
    } catch (wrong) {
      tell('failed', told(wrong));
    }
  });
}

function connection(wsUrl, botId, secret) {
  const client = new WSClient({ botId, secret, wsUrl, heartbeatInterval: 300, maxReconnectAttempts: 0, maxAuthFailureAttempts: 0, logger: silent });
  client.on('authenticated', () => tell('authenticated'));
  client.on('disconnected', (reason) => tell('disconnected', { reason }));
  client.on('error', (wrong) => tell('error', told(wrong)));
  client.on('event', (frame) => tell('event', { type: frame.body?.event?.eventtype }));
  client.on('event.enter_chat', async (frame) => {
    try {
      await client.replyWelcome(frame, { msgtype: 'text', text: { content: '欢迎' } });
      tell('welcomed');
    } catch (wrong) {
      tell('failed', told(wrong));
    }
  });
  client.on('event.template_card_event', async (frame) => {
    const { event_key: key, task_id } = frame.body.event.template_card_event;
    tell('pressed', { key, task_id });
    try {
      await client.updateTemplateCard(frame, { card_type: 'text_notice', main_title: { title: '已收到' }, task_id });
      tell('updated');
    } catch (wrong) {
      tell('failed', told(wrong));
    }
  });
  client.on('message.text', async (frame) => {
    const { chatid, chattype, from, text, msgid } = frame.body;
    tell('message', { chatid, chattype, user: from.userid, text: text.content, msgid });
    try {
      const stream = generateReqId('stream');
      await client.replyStream(frame, stream, '正在看', false);
      await client.replyStream(frame, stream, `收到：${text.content}`, true);
      tell('answered');
    } catch (wrong) {
      tell('failed', told(wrong));
    }
  });
  lines.on('line', async (line) => {
    const { push, content, card, file } = JSON.parse(line);
    try {
      if (file !== undefined) {
        const uploaded = await client.uploadMedia(Buffer.alloc(file, 7), { type: 'file', filename: '通知.txt' });
        await client.sendMediaMessage(push, 'file', uploaded.media_id);
      } else if (card !== undefined) await client.sendMessage(push, { msgtype: 'template_card', template_card: card });
      else await client.sendMessage(push, { msgtype: 'markdown', markdown: { content } });
      tell('pushed');
    } catch (wrong) {
      tell('failed', told(wrong));
    }
  });
  lines.on('close', () => client.disconnect());
  client.connect();
  tell('started');
}

const [first, ...rest] = process.argv.slice(2);
if (first === 'crypto') encryption(...rest);
else connection(first, ...rest);
