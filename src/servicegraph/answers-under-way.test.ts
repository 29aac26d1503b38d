import { AnswersUnderWay } from './answers-under-way';

/** Answers when it is told to */
function slow() {
  const asked: Array<{ signal: AbortSignal; answer: (value: string) => void; fail: (error: Error) => void }> = [];
  const ask = (signal: AbortSignal) =>
    new Promise<string>((answer, fail) => {
      asked.push({ signal, answer, fail });
    });
  return { asked, ask };
}

function cancellable() {
  const controller = new AbortController();
  return { signal: controller.signal, cancel: () => controller.abort() };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('AnswersUnderWay', () => {
  it('goes on for who asks the same right after it was cancelled', async () => {
    const { asked, ask } = slow();
    const answers = new AnswersUnderWay<string>();
    const [first, second] = [cancellable(), cancellable()];
    const cancelled = expect(answers.get('a', ask, first.signal)).rejects.toThrow('aborted');
    await jest.advanceTimersByTimeAsync(5000);
    first.cancel();
    await cancelled;
    await jest.advanceTimersByTimeAsync(100);
    const answer = answers.get('a', ask, second.signal);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    expect(asked[0].signal.aborted).toBe(false);
    asked[0].answer('all');
    expect(await answer).toBe('all');
  });

  it('is cancelled when nobody asks again, and begun anew after that', async () => {
    const { asked, ask } = slow();
    const answers = new AnswersUnderWay<string>();
    const first = cancellable();
    const cancelled = expect(answers.get('a', ask, first.signal)).rejects.toThrow('aborted');
    first.cancel();
    await cancelled;
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked[0].signal.aborted).toBe(true);
    void answers.get('a', ask, cancellable().signal);
    expect(asked).toHaveLength(2);
    expect(asked[1].signal.aborted).toBe(false);
  });

  it('is not cancelled while somebody else waits for it', async () => {
    const { asked, ask } = slow();
    const answers = new AnswersUnderWay<string>();
    const first = cancellable();
    const cancelled = expect(answers.get('a', ask, first.signal)).rejects.toThrow('aborted');
    const other = answers.get('a', ask, cancellable().signal);
    first.cancel();
    await cancelled;
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(1);
    asked[0].answer('all');
    expect(await other).toBe('all');
  });

  it('is asked for anew once it is there, and once it has failed', async () => {
    const { asked, ask } = slow();
    const answers = new AnswersUnderWay<string>();
    const get = () => answers.get('a', ask, cancellable().signal);
    const [first] = [get()];
    asked[0].answer('1');
    expect(await first).toBe('1');
    const second = get();
    asked[1].fail(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    const third = get();
    asked[2].answer('3');
    expect(await third).toBe('3');
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([false, false, false]);
  });

  it('has one for each question, and none for who has cancelled before', async () => {
    const { asked, ask } = slow();
    const answers = new AnswersUnderWay<string>();
    void answers.get('a', ask, cancellable().signal);
    void answers.get('b', ask, cancellable().signal);
    expect(asked).toHaveLength(2);
    const gone = cancellable();
    gone.cancel();
    await expect(answers.get('c', ask, gone.signal)).rejects.toThrow('aborted');
    expect(asked).toHaveLength(2);
  });
});
