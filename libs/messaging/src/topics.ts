import { TOPICS, type Topic } from '@muster/contracts';

const BY_NAME: ReadonlyMap<string, Topic> = new Map(Object.values<Topic>(TOPICS).map((topic) => [topic.name, topic]));

/** @throws Error when no contract has such a topic */
export function topicNamed(name: string): Topic {
  const topic = BY_NAME.get(name);
  if (!topic) throw new Error(`There is no topic ${name}`);
  return topic;
}
