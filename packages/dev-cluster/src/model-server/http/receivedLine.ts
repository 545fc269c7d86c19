import type { AnswerRequest } from '../engine';
import { pythonFloat, pythonRepr } from '../startup';
import type { ServerModel } from './serverModel';

/** What vLLM's request logger knows of a request. */
export interface Received {
  id: string;
  prompt: string;
  request: AnswerRequest;
  /** The served name that was asked for. */
  model: string;
  trace: string | undefined;
}

function samplingParams({ sampling, stop, ...request }: AnswerRequest): string {
  const values: Record<string, string> = {
    n: '1',
    presence_penalty: pythonFloat(sampling.presencePenalty),
    frequency_penalty: pythonFloat(sampling.frequencyPenalty),
    repetition_penalty: pythonFloat(sampling.repetitionPenalty),
    temperature: pythonFloat(sampling.temperature),
    top_p: pythonFloat(sampling.topP),
    top_k: String(sampling.topK),
    min_p: pythonFloat(sampling.minP),
    seed: pythonRepr(sampling.seed),
    stop: pythonRepr(stop),
    stop_token_ids: pythonRepr(sampling.stopTokenIds),
    bad_words: '[]',
    include_stop_str_in_output: pythonRepr(request.includeStop),
    ignore_eos: pythonRepr(sampling.ignoreEos),
    max_tokens: String(request.maxTokens),
    min_tokens: String(sampling.minTokens),
    logprobs: 'None',
    prompt_logprobs: 'None',
    skip_special_tokens: 'True',
    spaces_between_special_tokens: 'True',
    truncate_prompt_tokens: 'None',
    structured_outputs: 'None',
    extra_args: 'None',
  };
  const parts = Object.entries(values).map(([name, v]) => `${name}=${v}`);
  return `SamplingParams(${parts.join(', ')})`;
}

function loraRequest(server: ServerModel, model: string): string {
  const index = server.adapters.findIndex(({ name }) => name === model);
  if (index < 0) {
    return 'None';
  }
  const { name, path, baseModelName } = server.adapters[index];
  return (
    `LoRARequest(lora_name=${pythonRepr(name)}, lora_int_id=${index + 1}, ` +
    `lora_path=${pythonRepr(path)}, lora_local_path=None, ` +
    `long_lora_max_len=None, base_model_name=${pythonRepr(baseModelName)}, ` +
    'tensorizer_config_dict=None)'
  );
}

/**
 * vLLM 0.11.0's line about a request that came in, with `--max-log-len`. The
 * trace id at its end is ours: vLLM has it in its spans only.
 */
export function receivedLine(received: Received, server: ServerModel): string {
  const { id, prompt, request, model, trace } = received;
  const { maxLogLen = Infinity } = server;
  return `Received request ${id}: prompt: ${pythonRepr(
    prompt.slice(0, maxLogLen),
  )}, params: ${samplingParams(request)}, prompt_token_ids: ${pythonRepr(
    request.promptTokens.slice(0, maxLogLen),
  )}, prompt_embeds shape: None, lora_request: ${loraRequest(server, model)}.${
    trace === undefined ? '' : ` trace_id=${trace}`
  }`;
}
