import { type Story } from "./story.js";

/**
 * The same story on a clock that shows whole seconds: people see what happens in one second as one moment.
 *
 * @param pause milliseconds between stages at least, so that one can be told from the next. Default: none
 */
export function wholeSeconds(story: Story, pause = 0): Story {
  const begins: number[] = [];
  const stages = story.stages.map((stage, index) => {
    const before = story.stages[index - 1];
    const least = before === undefined ? 0 : (begins[index - 1] ?? 0) + whole(before.ended - before.began) + pause;
    const began = Math.max(least, whole(stage.began));
    begins.push(began);
    return { ...stage, began, ended: began + whole(stage.ended - stage.began) };
  });
  const timeline = story.timeline.map((happening) => {
    const { at, stage } = happening;
    return { ...happening, at: (begins[stage] ?? 0) + whole(at - (story.stages[stage]?.began ?? 0)) };
  });
  return { ...story, stages, timeline };
}

function whole(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
