% The twelve rules in Prolog. A project is p(Investment, County, Kind, Leading, Investor, HasLoan, Compliant, Planning, LandUse, Built,
% IsHospital, Level), complete, options as positions.
r(1, p(I,_,_,_,_,_,_,_,_,_,_,_)) :- I >= 300000000.
r(2, P) :- r(1, P), P = p(_,_,K,L,_,_,_,_,_,_,_,_), ( L =:= 1 -> true ; K =< 1 ).
r(3, _).
r(4, p(_,_,_,_,_,_,_,Z,_,_,_,_)) :- Z =:= 1.
r(5, p(_,_,_,_,_,_,_,_,U,_,_,_)) :- U =:= 0.
r(6, p(I,_,_,_,_,_,_,_,_,_,_,_)) :- I >= 300000000.
r(7, p(_,_,_,_,_,_,_,_,U,_,_,_)) :- U =< 4.
r(8, p(_,_,_,_,V,_,_,_,_,D,_,_)) :- V =:= 0, D =< 20453.
r(9, p(_,_,_,_,V,H,C,_,_,_,_,_)) :- V =:= 0, H =:= 1, C =:= 1.
r(10, P) :- ( r(8, P) -> true ; r(9, P) ).
r(11, p(_,C,K,_,_,_,_,_,_,_,_,_)) :-
    ( C =< 2, K =:= 0 -> true ; C >= 3, C =< 4, K =:= 1 -> true ; C =:= 5, ( K =:= 2 -> true ; K =:= 3 ) ).
r(12, p(_,_,_,_,_,_,_,_,_,_,Y,G)) :- Y =:= 1, G >= 1.

mask(P, M) :- mask(1, P, 0, M).
mask(13, _, M, M) :- !.
mask(N, P, A, M) :- ( r(N, P) -> B is A \/ (1 << (N - 1)) ; B = A ), N1 is N + 1, mask(N1, P, B, M).

% Answers every project of a list so often, and prints the masks once and the nanoseconds of one project.
measure(Times) :-
    findall(P, project(P), Ps),
    forall(member(P, Ps), ( mask(P, M), format("~w ", [M]) )), nl,
    length(Ps, Count),
    statistics(cputime, T0),
    forall(between(1, Times, _), forall(member(P, Ps), mask(P, _))),
    statistics(cputime, T1),
    NS is (T1 - T0) * 1.0e9 / (Times * Count), format("~4f~n", [NS]).
