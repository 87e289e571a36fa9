export interface Owner {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  /** None of a user who has left. */
  userId?: number;
  userIdIncludingInactive: number;
  type: "PERSON";
  teams: { id: string; name: string; primary: boolean }[];
  createdAt: string;
  updatedAt: string;
  archived: boolean;
}
