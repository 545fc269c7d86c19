export {
  ModelTabBlueprint,
  modelTabDataRef,
  type ModelTab,
  type ModelTabProps,
} from './ModelTabBlueprint';
export {
  TeamSectionBlueprint,
  teamSectionDataRef,
  type TeamSectionProps,
} from './TeamSectionBlueprint';
