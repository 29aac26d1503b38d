import { type RequestListener } from 'node:http';

import { answerApi, type ApiContext } from '../api/router';

import { send } from './serve';

/** Tempo's query API. Any method is taken, as Tempo does. */
export function apiListener(context: ApiContext): RequestListener {
  return (request, response) => {
    const [path, search = ''] = splitOnce(request.url ?? '/', '?');
    const answer = answerApi(
      {
        method: request.method ?? 'GET',
        path,
        params: new URLSearchParams(search),
        accept: String(request.headers.accept ?? ''),
      },
      context
    );
    request.resume();
    void send(request, response, answer).catch(() => response.destroy());
  };
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
