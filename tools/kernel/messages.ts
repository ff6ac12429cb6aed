/** Signed messages of Jupyter's protocol, to a socket and from it. */

import { createHmac, randomUUID } from "node:crypto";
import type { Dealer, Subscriber } from "zeromq";

/** A message of Jupyter's protocol, as far as it is needed here. */
export interface Message {
  readonly type: string;
  /** Id of the request it belongs to. */
  readonly parent: string;
  readonly content: Record<string, unknown>;
}

export type Listener = (message: Message) => void;

/** Sockets of a kernel, and the key that its messages are signed with. */
export interface Channels {
  readonly shell: Dealer;
  readonly iopub: Subscriber;
  readonly key: string;
}

/** Sends requests; returns the id of each. */
export function sender(shell: Dealer, key: string): (type: string, content: object) => string {
  return (type, content) => {
    const id = randomUUID();
    const header = {
      msg_id: id,
      msg_type: type,
      username: "neural-beta",
      session: "runner",
      date: "",
      version: "5.3",
    };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const signature = createHmac("sha256", key).update(parts.join("")).digest("hex");
    void shell.send(["<IDS|MSG>", signature, ...parts]).catch(() => {});
    return id;
  };
}

/** Hands every rightly signed message of a socket to the listeners, until the socket closes. */
export async function pump(
  socket: Dealer | Subscriber,
  key: string,
  listeners: ReadonlySet<Listener>,
): Promise<void> {
  for await (const frames of socket) {
    const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
    const [signature, ...parts] = frames.slice(at + 1);
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    if (at < 0 || hmac.digest("hex") !== signature?.toString()) continue;
    const [header, parent, , content] = parts.map((part) => JSON.parse(part.toString()));
    const message = {
      type: header.msg_type,
      parent: parent.msg_id ?? "",
      content,
    };
    for (const listener of [...listeners]) listener(message);
  }
}
