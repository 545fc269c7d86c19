import { randomInt } from 'node:crypto';
import path from 'node:path';
import type {
  LlamaContext,
  LlamaContextSequence,
  LlamaModel,
  Llama,
  SequenceEvaluateOptions,
  Token,
  TokenBias,
} from 'node-llama-cpp';
import { QuantizedVariant, logitErrors } from './quantizedVariant';
import { TokenTextDecoder } from './textDecoder';
import type {
  GeneratedToken,
  GenerateRequest,
  GenerationEnd,
  PromptSegment,
  Sampling,
  TextEngine,
} from './textEngine';

/** How to load the model. */
export interface LlamaEngineOptions {
  modelFile: string;
  threads: number;
  /** Tokens per request; more than the model was trained for is cut. */
  contextSize: number;
  /** Requests at once, at most. */
  maxParallel: number;
  /** Makes the model answer as a quantised one might. */
  variant?: QuantizedVariant;
}

/** KV memory follows it: 23 kB a token with SmolLM2. */
const CONTEXT_BUDGET = 8192;
/** Tokens of a prompt read without looking whether its client is still there. */
const PROMPT_PART = 64;

/** Requests that share the context: fewer where each may be long. */
function parallelRequests(contextSize: number, maxParallel: number): number {
  const fitting = Math.floor(CONTEXT_BUDGET / contextSize);
  return Math.min(Math.max(2, Math.min(4, fitting)), maxParallel);
}

function nameOf(modelFile: string): string {
  const stem = path.basename(modelFile, '.gguf');
  return stem.replace(/[.-](I?Q\d\w*|F16|BF16|F32)$/i, ' ($1)');
}

function biasOf(
  variant: QuantizedVariant,
  model: LlamaModel,
  bias: TokenBias,
): TokenBias {
  const size = [...model.iterateAllTokens()].length;
  for (const [token, logit] of logitErrors(variant, size)) {
    bias.set(token as Token, { logit });
  }
  return bias;
}

/** Real text by llama.cpp on the CPU. */
export class LlamaTextEngine implements TextEngine {
  readonly vocabularySize: number;
  private readonly newLine: Token;

  private constructor(
    readonly name: string,
    private readonly llama: Llama,
    private readonly model: LlamaModel,
    private readonly context: LlamaContext,
    readonly contextSize: number,
    readonly parallel: number,
    private readonly tokenBias: TokenBias | undefined,
  ) {
    this.newLine = model.tokenize('\n')[0];
    this.vocabularySize = [...model.iterateAllTokens()].length;
  }

  static async load(options: LlamaEngineOptions): Promise<LlamaTextEngine> {
    const { getLlama, LlamaLogLevel, TokenBias } = await import(
      'node-llama-cpp'
    );
    // `never`: no compiler and no download behind the user's back. Without
    // explicit threads llama.cpp is two hundred times slower on two cores.
    const llama = await getLlama({
      build: 'never',
      gpu: false,
      maxThreads: options.threads,
      logLevel: LlamaLogLevel.error,
      progressLogs: false,
    });
    try {
      const model = await llama.loadModel({ modelPath: options.modelFile });
      const contextSize = Math.min(options.contextSize, model.trainContextSize);
      const parallel = parallelRequests(contextSize, options.maxParallel);
      const context = await model.createContext({
        contextSize,
        sequences: parallel,
        threads: options.threads,
      });
      return new LlamaTextEngine(
        nameOf(options.modelFile),
        llama,
        model,
        context,
        contextSize,
        parallel,
        options.variant && biasOf(options.variant, model, TokenBias.for(model)),
      );
    } catch (error) {
      await llama.dispose();
      throw error;
    }
  }

  tokenize(segments: readonly PromptSegment[]): number[] {
    return segments.flatMap(({ text, special }) =>
      this.model.tokenize(text, special),
    );
  }

  detokenize(tokens: readonly number[]): string {
    return this.model.detokenize(tokens as Token[], true);
  }

  async *generate(
    request: GenerateRequest,
  ): AsyncGenerator<GeneratedToken, GenerationEnd, void> {
    const { sampling, signal, maxTokens } = request;
    const { minTokens, ignoreEos, stopTokenIds } = sampling;
    const sequence = this.context.getSequence();
    const answer: Token[] = [];
    const decoder = new TokenTextDecoder((tokens, before) =>
      this.model.detokenize(tokens as Token[], false, before as Token[]),
    );
    try {
      const rest = await this.readPrompt(sequence, request);
      if (!rest) {
        return { reason: 'stop' };
      }
      const tokens = sequence.evaluate(
        rest,
        this.options(sampling, request.promptTokens, answer),
      );
      let replacement: Token | undefined;
      while (!signal.aborted) {
        const next = await tokens.next(replacement);
        if (next.done || signal.aborted) {
          break;
        }
        let token = next.value;
        replacement = undefined;
        const tooEarly = answer.length < minTokens;
        if (this.model.isEogToken(token) && !ignoreEos) {
          if (!tooEarly) {
            return { reason: 'stop' };
          }
          // vLLM bans end tokens until then; here a new line takes their place.
          token = replacement = this.newLine;
        }
        answer.push(token);
        const last = answer.length >= maxTokens;
        const stopped = !tooEarly && stopTokenIds.includes(token);
        const text =
          stopped || this.model.isEogToken(token) ? '' : decoder.push(token);
        yield {
          id: token,
          text: last || stopped ? text + decoder.flush() : text,
        };
        if (stopped) {
          return { reason: 'stop', stopTokenId: token };
        }
        if (last) {
          return { reason: 'length' };
        }
      }
      return { reason: 'stop' };
    } finally {
      await sequence.dispose();
    }
  }

  async dispose(): Promise<void> {
    await this.llama.dispose();
  }

  private options(
    sampling: Sampling,
    promptTokens: readonly number[],
    answer: Token[],
  ): SequenceEvaluateOptions {
    const { repetitionPenalty, presencePenalty, frequencyPenalty } = sampling;
    const penalized =
      repetitionPenalty !== 1 ||
      presencePenalty !== 0 ||
      frequencyPenalty !== 0;
    return {
      temperature: sampling.temperature,
      topP: sampling.topP,
      topK: sampling.topK,
      minP: sampling.minP,
      // llama.cpp's seeds have 32 bits, vLLM's 64.
      seed:
        sampling.seed === undefined
          ? randomInt(2 ** 32)
          : Number(BigInt.asUintN(32, BigInt(sampling.seed))),
      yieldEogToken: true,
      tokenBias: this.tokenBias,
      repeatPenalty: penalized
        ? {
            // vLLM counts the answer for both OpenAI penalties, and the
            // prompt too for its own repetition penalty.
            punishTokens: () =>
              repetitionPenalty === 1
                ? answer
                : [...(promptTokens as Token[]), ...answer],
            maxPunishTokens: this.contextSize,
            penalty: repetitionPenalty,
            frequencyPenalty,
            presencePenalty,
          }
        : undefined,
    };
  }

  /**
   * Reads all but the end of the prompt in small parts, so that an aborted
   * request gives its slot back soon and others get their turn.
   *
   * @returns the rest of the prompt; `undefined` after an abort.
   */
  private async readPrompt(
    sequence: LlamaContextSequence,
    { promptTokens, signal }: GenerateRequest,
  ): Promise<Token[] | undefined> {
    let rest = [...promptTokens] as Token[];
    while (rest.length > PROMPT_PART && !signal.aborted) {
      await sequence.evaluateWithoutGeneratingNewTokens(
        rest.slice(0, PROMPT_PART),
      );
      rest = rest.slice(PROMPT_PART);
    }
    return signal.aborted ? undefined : rest;
  }
}
