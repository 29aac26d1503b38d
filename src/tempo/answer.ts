import * as v from 'valibot';
import { bodyText, errorOfStatus, htmlError, looksLikeHtml, TempoError } from './error';
import { OtlpDecodeError, parseJson } from './otlp';
import { type HttpAnswer } from './types';

/** @throws TempoError unless the status is 2xx */
export function assertOk(answer: HttpAnswer): void {
  if (answer.status < 200 || answer.status > 299) {
    throw errorOfStatus(answer);
  }
}

/** @throws TempoError when the answer is an error, no JSON, or JSON of another shape */
export function readJson<S extends v.GenericSchema>(answer: HttpAnswer, schema: S): v.InferOutput<S> {
  assertOk(answer);
  const json = parsed(answer);
  // Valibot counts a list as an object without fields.
  if (typeof json !== 'object' || Array.isArray(json)) {
    throw new TempoError('badAnswer', unexpected('no object'), { status: answer.status });
  }
  const result = v.safeParse(schema, json);
  if (!result.success) {
    const [issue] = result.issues;
    throw new TempoError('badAnswer', unexpected(`${v.getDotPath(issue) ?? 'the answer'}: ${issue.message}`), {
      status: answer.status,
    });
  }
  return result.output;
}

function parsed(answer: HttpAnswer): unknown {
  const text = bodyText(answer);
  if (looksLikeHtml(answer)) {
    throw htmlError(answer.status, text);
  }
  try {
    return parseJson(text);
  } catch (error) {
    throw new TempoError(
      'badAnswer',
      text.trim() === ''
        ? 'The answer is empty. Something between here and Tempo dropped it; try again.'
        : unexpected(error instanceof OtlpDecodeError ? error.message : String(error)),
      { status: answer.status, detail: text.slice(0, 500), cause: error }
    );
  }
}

function unexpected(what: string): string {
  return `The answer is not what Tempo sends (${what}). Check that the URL of the data source points to Tempo, and that nothing on the way cuts or changes answers.`;
}
