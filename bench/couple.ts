/** A couple of whom the younger is old and disabled, so that many rules of Shanghai's list speak of them. */
export const couple = {
  persons: {
    p1: {
      birthDate: "1938-05-01",
      sex: "female",
      hukouArea: "cn-310101",
      residenceArea: "cn-310101",
      monthlyIncome: 600,
      monthlyWage: 0,
      employmentStatus: "none",
      disabilityGrade: "2",
      schoolStage: "none",
      workAbility: "none",
      maritalStatus: "married",
      hasSupporter: true,
      careLevel: "3",
    },
    p2: { birthDate: "1936-02-01", hukouArea: "cn-310101", monthlyIncome: 0, monthlyWage: 0, employmentStatus: "none" },
  },
  households: { h1: { members: ["p1", "p2"], householdAssets: 0 } },
  subject: "p1",
};
