"""OpenFisca: variables of one entity, computed over arrays. It has no missing values: what isn't given is a default."""

import numpy
import workload
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

DAY = "2024-06-01"
Project = build_entity(key="project", plural="projects", label="A project", is_person=True)


def options(name, count):
    """An enumeration whose members stand for the positions of options."""
    return Enum(name, [(f"o{position}", f"{name} {position}") for position in range(count)])


County, Kind, Investor = options("County", 7), options("Kind", 8), options("Investor", 5)
LandUse, Level = options("LandUse", 7), options("Level", 3)


def given(name, value_type, possible_values=None):
    """A variable without a formula."""
    members = {"value_type": value_type, "entity": Project, "definition_period": DateUnit.DAY, "label": name}
    if possible_values:
        members |= {"possible_values": possible_values, "default_value": possible_values.o0}
    return type(name, (Variable,), members)


def rule(formula):
    """A variable of truth, computed by a function, with the function's name."""
    members = {"value_type": bool, "entity": Project, "definition_period": DateUnit.DAY, "label": "a rule", "formula": formula}
    return type(formula.__name__, (Variable,), members)


INPUTS = [
    given("investment", int), given("county", Enum, County), given("kind", Enum, Kind), given("leads", bool),
    given("has_loan", bool), given("compliant", bool), given("planning", bool), given("is_hospital", bool),
    given("investor", Enum, Investor), given("land_use", Enum, LandUse), given("built", int), given("level", Enum, Level),
]


@rule
def r1(project, day):
    return project("investment", day) >= workload.LARGE


@rule
def r2(project, day):
    kind = project("kind", day)
    return project("r1", day) * (project("leads", day) + (kind == Kind.o0) + (kind == Kind.o1))


@rule
def r3(project, day):
    return project.filled_array(True)


@rule
def r4(project, day):
    return project("planning", day)


@rule
def r5(project, day):
    return project("land_use", day) == LandUse.o0


@rule
def r6(project, day):
    return project("investment", day) >= workload.LARGE


@rule
def r7(project, day):
    use = project("land_use", day)
    return (use != LandUse.o5) * (use != LandUse.o6)


@rule
def r8(project, day):
    return (project("investor", day) == Investor.o0) * (project("built", day) <= workload.LAST_DAY)


@rule
def r9(project, day):
    return (project("investor", day) == Investor.o0) * project("has_loan", day) * project("compliant", day)


@rule
def r10(project, day):
    return project("r8", day) + project("r9", day)


@rule
def r11(project, day):
    county, kind = project("county", day), project("kind", day)
    return (
        ((county == County.o0) + (county == County.o1) + (county == County.o2)) * (kind == Kind.o0)
        + ((county == County.o3) + (county == County.o4)) * (kind == Kind.o1)
        + (county == County.o5) * ((kind == Kind.o2) + (kind == Kind.o3)))


@rule
def r12(project, day):
    return project("is_hospital", day) * (project("level", day) != Level.o0)


RULES = [r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12]


def simulation(system, arrays):
    made = SimulationBuilder().build_default_simulation(system, len(arrays["county"]))
    for name, array in arrays.items():
        made.set_input(name, DAY, array)
    return made


def answers(made):
    return [made.calculate(rule.__name__, DAY) for rule in RULES]


def country():
    system = TaxBenefitSystem([Project])
    system.add_variables(*INPUTS, *RULES)
    return system


def batch(work):
    """All complete projects: the rules alone, and with the simulation that they are computed in."""
    system = country()
    made = simulation(system, work.complete.arrays)

    def run():
        for rule in RULES:
            made.delete_arrays(rule.__name__)
        return answers(made)

    work.complete.check("OpenFisca", workload.texts_of_columns(run()))
    whole = lambda: answers(simulation(system, work.complete.arrays))
    return {"OpenFisca, inputs already set": {"complete": run}, "OpenFisca": {"complete": whole}}


def one(work):
    """A simulation for each project, as a calculator of entitlements makes it."""
    system = country()
    projects = [{name: numpy.array([value]) for name, value in project.items()} for project in work.complete.projects]
    ask = lambda project: answers(simulation(system, project))
    work.complete.check("OpenFisca, one", [workload.text_of_row([a[0] for a in ask(p)]) for p in projects])
    return {"OpenFisca (Python)": {"complete": workload.per_project(ask, projects)}}
