import { z } from 'zod';

// What is read of vLLM's answers, and no more: it may add what it likes.

export const modelList = z.object({
  data: z.array(
    z.object({ id: z.string().min(1), parent: z.string().nullish() }),
  ),
});

const usage = z
  .object({
    prompt_tokens: z.number(),
    completion_tokens: z.number().nullish(),
  })
  .nullish();

export const completion = z
  .object({
    model: z.string(),
    choices: z.array(z.object({ text: z.string() })).min(1),
    usage,
  })
  .transform(answer => ({ ...answer, text: answer.choices[0].text }));

export const chatCompletion = z
  .object({
    model: z.string(),
    choices: z
      .array(z.object({ message: z.object({ content: z.string() }) }))
      .min(1),
    usage,
  })
  .transform(answer => ({
    ...answer,
    text: answer.choices[0].message.content,
  }));
