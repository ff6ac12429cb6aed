/** A publisher on this machine, for tests of downloads: it answers as it is told to, misbehaviour included. */

import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

export type Reply = (request: IncomingMessage, response: ServerResponse) => void;

export interface Publisher {
  /** http://127.0.0.1:PORT */
  readonly origin: string;
  /** What a path answers: one reply after the other, the last for ever. */
  readonly serves: (path: string, ...replies: readonly Reply[]) => void;
  /** Headers of the requests for a path, in their order. */
  readonly asked: (path: string) => readonly IncomingHttpHeaders[];
  /** The most requests that it ever had at once. */
  readonly mostAtOnce: () => number;
}

/** The day on which a publisher says it answers. */
export const TODAY = "2021-06-12";
const DATE = { date: "Sat, 12 Jun 2021 10:00:00 GMT" };

/** An answer with a status; a body of lines ends with a newline. */
export const reply =
  (
    status: number,
    body: string | Uint8Array = "",
    headers: Readonly<Record<string, string>> = {},
  ): Reply =>
  (_, response) =>
    response.writeHead(status, { ...DATE, ...headers }).end(body);

/** A file with an ETag: 304 to whoever has it already. */
export const versioned =
  (body: string, etag: string): Reply =>
  (request, response) =>
    request.headers["if-none-match"] === etag
      ? reply(304, "", { etag })(request, response)
      : reply(200, body, { etag })(request, response);

/** The connection is accepted, and nothing ever comes. */
export const silence: Reply = () => {};

/** Half of the body comes, and then nothing. */
export const stall =
  (body: string): Reply =>
  (_, response) =>
    response
      .writeHead(200, { ...DATE, "content-length": body.length })
      .write(body.slice(0, body.length / 2));

/** Half of the body comes, and the connection ends. */
export const cutOff =
  (body: string): Reply =>
  (request, response) => {
    stall(body)(request, response);
    setTimeout(() => response.destroy(), 5);
  };

/** The connection is broken before a word is said. */
export const hangUp: Reply = (request) => void request.socket.destroy();

/** A publisher that goes when the tests of the file are over. */
export async function publisher(): Promise<Publisher> {
  const replies = new Map<string, Reply[]>();
  const asked = new Map<string, IncomingHttpHeaders[]>();
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    most = Math.max(most, ++open);
    response.once("close", () => open--);
    const path = request.url!;
    asked.set(path, [...(asked.get(path) ?? []), request.headers]);
    const left = replies.get(path) ?? [reply(404, "Not Found")];
    (left.length > 1 ? left.shift()! : left[0]!)(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serves: (path, ...list) => void replies.set(path, [...list]),
    asked: (path) => asked.get(path) ?? [],
    mostAtOnce: () => most,
  };
}
